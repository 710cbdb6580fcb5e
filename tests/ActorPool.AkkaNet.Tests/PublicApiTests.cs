using ActorPool.Tests;
using ActorPool.Tests.PublicApi;

namespace ActorPool.AkkaNet.Tests;

/// <summary>Nothing becomes public, changes or disappears without somebody meaning it.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_committed_one() =>
        CommittedApi.Check(typeof(ActorPools).Assembly, Repository.PathOf("src/ActorPool.AkkaNet/PublicAPI.txt"));
}
