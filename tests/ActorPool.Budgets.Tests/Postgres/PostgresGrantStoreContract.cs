using ActorPool.Budgets.Tests.Engines;
using ActorPool.Servers;

namespace ActorPool.Budgets.Tests.Postgres;

public sealed class PostgresGrantStoreContract(SharedPostgres postgres) : GrantStoreContract, IClassFixture<SharedPostgres>
{
    protected override Task<IGrantStore> NodeAsync() =>
        Task.FromResult<IGrantStore>(new PostgresGrantStore(new PostgresGrantStoreOptions { ConnectionString = postgres.Server.ConnectionString }));
}
