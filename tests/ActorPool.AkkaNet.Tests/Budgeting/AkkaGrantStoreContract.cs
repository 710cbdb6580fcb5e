using ActorPool.Budgets;
using ActorPool.Budgets.Tests.Engines;

namespace ActorPool.AkkaNet.Tests.Budgeting;

/// <summary>What every engine promises, of three members; each node of a test is on another one.</summary>
public sealed class AkkaGrantStoreContract(ThreeMembers members) : GrantStoreContract, IClassFixture<ThreeMembers>
{
    int _nodes;

    protected override int Increments => 100;

    protected override Task<IGrantStore> NodeAsync() =>
        Task.FromResult<IGrantStore>(new AkkaGrantStore(members.Cluster.Systems[_nodes++ % members.Cluster.Systems.Count]));
}
