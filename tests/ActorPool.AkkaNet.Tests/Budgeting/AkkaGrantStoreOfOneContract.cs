using ActorPool.Budgets;
using ActorPool.Budgets.Tests.Engines;

namespace ActorPool.AkkaNet.Tests.Budgeting;

/// <summary>What every engine promises, of a cluster of one.</summary>
public sealed class AkkaGrantStoreOfOneContract(OneMember member) : GrantStoreContract, IClassFixture<OneMember>
{
    protected override int Increments => 50;

    protected override Task<IGrantStore> NodeAsync() => Task.FromResult<IGrantStore>(new AkkaGrantStore(member.Cluster.Systems[0]));
}
