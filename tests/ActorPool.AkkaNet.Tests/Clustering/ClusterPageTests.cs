using ActorPool.Tests;
using Akka.Configuration;

namespace ActorPool.AkkaNet.Tests.Clustering;

/// <summary>The keys and reasons of CLUSTER.md are those that there are.</summary>
public sealed class ClusterPageTests
{
    static readonly string Page = Repository.Read("src/ActorPool.AkkaNet/CLUSTER.md");

    [Fact]
    public void Every_key_and_every_reason_but_that_of_nonsense_is_told()
    {
        var config = ConfigurationFactory.FromResource("ActorPool.AkkaNet.akka.conf", typeof(ActorPoolCluster).Assembly).GetConfig("akka.actorpool.cluster");

        Assert.Equal(TimeSpan.FromSeconds(30), config.GetTimeSpan("use.time-limit"));
        Assert.Equal(TimeSpan.FromSeconds(2), config.GetTimeSpan("snapshot.time-limit"));
        Assert.Contains("| `use.time-limit` | 30 s |", Page, StringComparison.Ordinal);
        Assert.Contains("| `snapshot.time-limit` | 2 s |", Page, StringComparison.Ordinal);
        Assert.All(Enum.GetNames<UseFailureReason>().Except([nameof(UseFailureReason.InvalidRequest)]), reason => Assert.Contains($"`{reason}`", Page, StringComparison.Ordinal));
    }
}
