using ActorPool.Budgets;

namespace ActorPool.AkkaNet.Tests.Budgeting;

/// <summary>What the tests ask of a store.</summary>
static class StoreRequests
{
    /// <summary>Writes a record, and has its watchers told.</summary>
    public static Task<GrantReply> WriteAsync(AkkaGrantStore store, string key, long version, string? incarnation = null) => store.CommitAsync(
        new GrantTransaction { Budget = "orders", Incarnation = incarnation, Expected = [new(key, version)], Writes = [new(key, "1")], Notify = [key] }, CancellationToken.None);

    /// <summary>Reads all of the budget.</summary>
    public static Task<GrantReply> ReadAsync(AkkaGrantStore store) =>
        store.CommitAsync(new GrantTransaction { Budget = "orders", ReadAll = true }, CancellationToken.None);

    /// <summary>Asks again while the keeper moves, as a node does.</summary>
    public static async Task<GrantReply> UntilAsync(Func<Task<GrantReply>> ask, Func<GrantReply, bool>? isSo = null)
    {
        using var patience = new CancellationTokenSource(TestCluster.Patience);
        for (; ; )
        {
            try
            {
                var reply = await ask();
                if (isSo?.Invoke(reply) ?? true)
                {
                    return reply;
                }
            }
            catch (GrantStoreException) when (!patience.IsCancellationRequested)
            {
            }

            patience.Token.ThrowIfCancellationRequested();
        }
    }
}
