using ActorPool.Budgets.Tests.Engines;
using ActorPool.Servers;

namespace ActorPool.Budgets.Tests.Etcd;

public sealed class EtcdGrantStoreContract(SharedEtcd etcd) : GrantStoreContract, IClassFixture<SharedEtcd>
{
    /// <summary>It tells its cluster id only in its answer.</summary>
    protected override bool ComparesIncarnation => false;

    protected override int Increments => 100;

    protected override Task<IGrantStore> NodeAsync() =>
        Task.FromResult<IGrantStore>(new EtcdGrantStore(new EtcdGrantStoreOptions { Endpoints = [.. etcd.Server.Endpoints], ConnectTimeout = TimeSpan.FromSeconds(30) }));
}
