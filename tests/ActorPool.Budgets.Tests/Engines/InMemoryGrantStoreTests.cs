namespace ActorPool.Budgets.Tests.Engines;

public sealed class InMemoryGrantStoreTests : GrantStoreContract, IAsyncDisposable
{
    readonly InMemoryGrantStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    protected override Task<IGrantStore> NodeAsync() => Task.FromResult<IGrantStore>(_store);
}
