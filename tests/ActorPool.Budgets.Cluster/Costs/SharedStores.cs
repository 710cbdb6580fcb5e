using System.Diagnostics;

namespace ActorPool.Budgets.Cluster.Costs;

/// <summary>
/// A few connections to an engine, for many nodes: a machine cannot have a session for each of a thousand. What the nodes ask is counted, and
/// how long the answers take.
/// </summary>
sealed class SharedStores(IReadOnlyList<IGrantStore> stores) : IAsyncDisposable
{
    readonly Lock _lock = new();
    List<double> _times = [];
    long _sent;
    long _received;
    int _refused;
    int _failed;

    /// <summary>A node's way to the engine.</summary>
    public IGrantStore For(int node) => new Shared(this, stores[node % stores.Count]);

    /// <summary>What there was since the last time, which it forgets.</summary>
    public StoreFigures Take()
    {
        lock (_lock)
        {
            var figures = new StoreFigures([.. _times.Order()], _sent, _received, _refused, _failed);
            (_times, _sent, _received, _refused, _failed) = ([], 0, 0, 0, 0);
            return figures;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    async Task<GrantReply> CommitAsync(IGrantStore store, GrantTransaction transaction, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            var reply = await store.CommitAsync(transaction, cancellationToken);
            lock (_lock)
            {
                _times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
                _sent += transaction.Writes.Sum(static write => write.Key.Length + (long)(write.Value?.Length ?? 0)) + transaction.Expected.Sum(static expected => (long)expected.Key.Length);
                _received += reply.Records.Sum(static record => record.Key.Length + (long)record.Value.Length);
                _refused += reply.IsCommitted ? 0 : 1;
            }

            return reply;
        }
        catch
        {
            lock (_lock)
            {
                _failed++;
            }

            throw;
        }
    }

    sealed class Shared(SharedStores all, IGrantStore store) : IGrantStore
    {
        public Task<GrantReply> CommitAsync(GrantTransaction transaction, CancellationToken cancellationToken) => all.CommitAsync(store, transaction, cancellationToken);

        public Task WatchAsync(string budget, string key, Action changed, CancellationToken cancellationToken) => store.WatchAsync(budget, key, changed, cancellationToken);

        // The connection is others' too.
        public ValueTask DisposeAsync() => default;
    }
}
