using ActorPool.Budgets.Simulation.Engine;

namespace ActorPool.Budgets.Tests;

/// <summary>An engine that loses acknowledged writes, and tells it in its answers alone, as etcd does: it compares versions, not incarnations.</summary>
sealed class ForgetfulStore : IGrantStore
{
    readonly Lock _lock = new();
    long _version;
    int _life = 1;

    /// <summary>What it keeps.</summary>
    public EngineState State { get; private set; } = EngineState.Empty;

    /// <summary>What it kept before the last write.</summary>
    public EngineState Previous { get; private set; } = EngineState.Empty;

    /// <summary>Whatever was written.</summary>
    public List<string> Written { get; } = [];

    /// <summary>It knows nothing any more of what was written since, and is another one.</summary>
    public void GoBackTo(EngineState state)
    {
        lock (_lock)
        {
            State = state;
            _life++;
        }
    }

    public Task<GrantReply> CommitAsync(GrantTransaction transaction, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var isCommitted = transaction.Expected.All(expectation => (State.Find(expectation.Key)?.Version ?? 0) == expectation.Version);
            if (isCommitted && transaction.Writes.Count > 0)
            {
                (Previous, State) = (State, State.With(transaction.Writes, ++_version));
                Written.AddRange(transaction.Writes.Select(static write => write.Value ?? ""));
            }

            return Task.FromResult(new GrantReply(isCommitted, isCommitted ? _version : 0, $"life {_life}", State.Revision, State.Read(transaction)));
        }
    }

    public async Task WatchAsync(string budget, string key, Action changed, CancellationToken cancellationToken)
    {
        changed();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    public ValueTask DisposeAsync() => default;
}
