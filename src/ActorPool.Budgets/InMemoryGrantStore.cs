using System.Globalization;
using ActorPool.Budgets.Engines;

namespace ActorPool.Budgets;

/// <summary>
/// An engine in memory: for tests, and to try a budget out within one process. All nodes share one object, and so it outlives each of
/// them: disposing it does nothing.
/// </summary>
public sealed class InMemoryGrantStore : IGrantStore
{
    static int StoresMade;

    readonly Lock _lock = new();
    readonly Dictionary<(string Budget, string Key), Action> _watchers = [];
    readonly RecordTable _records = new(string.Create(CultureInfo.InvariantCulture, $"memory-{Interlocked.Increment(ref StoresMade)}"));

    /// <inheritdoc/>
    public Task<GrantReply> CommitAsync(GrantTransaction transaction, CancellationToken cancellationToken)
    {
        TransactionRules.Check(transaction);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<GrantReply>(cancellationToken);
        }

        GrantReply reply;
        Action? told = null;
        lock (_lock)
        {
            reply = _records.Apply(transaction);
            if (reply.IsCommitted)
            {
                foreach (var key in transaction.Notify)
                {
                    told += _watchers.GetValueOrDefault((transaction.Budget, key));
                }
            }
        }

        told?.Invoke();
        return Task.FromResult(reply);
    }

    /// <inheritdoc/>
    public async Task WatchAsync(string budget, string key, Action changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changed);
        lock (_lock)
        {
            _watchers[(budget, key)] = _watchers.GetValueOrDefault((budget, key)) + changed;
        }

        changed();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                if (_watchers[(budget, key)] - changed is { } others)
                {
                    _watchers[(budget, key)] = others;
                }
                else
                {
                    _watchers.Remove((budget, key));
                }
            }
        }
    }

    /// <summary>Does nothing: other nodes may still use it.</summary>
    public ValueTask DisposeAsync() => default;
}
