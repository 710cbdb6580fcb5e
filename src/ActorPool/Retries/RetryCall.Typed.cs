using ActorPool.Actors;
using Polly;

namespace ActorPool.Retries;

/// <summary>One call with retries: leases, runs the operation, and returns what came of it.</summary>
sealed class RetryCall<TConnection, TState, TResult>(
    IRetryHost<TConnection> host,
    RetrySettings settings,
    Func<TConnection, TState, CancellationToken, ValueTask<TResult>> operation,
    TState state,
    CancellationToken cancellationToken) : RetryCall(settings, cancellationToken)
    where TConnection : class
{
    /// <summary>Connections that are remembered as used. Those of more attempts than this may come again.</summary>
    const int UsedMax = 16;

    // Harmless failures leave their connections in the pool, from where the next attempt could get them again.
    List<TConnection>? _used;

    protected override string PoolName => host.Pool.Name;

    protected override ActorSystem System => host.System;

    /// <summary>One attempt; what it throws is its outcome.</summary>
    public async ValueTask<Outcome<TResult>> AttemptAsync()
    {
        Begin();
        var lease = default(Lease<TConnection>);
        TConnection? connection = null;
        try
        {
            lease = Another(await host.Pool.AcquireAsync(CancellationToken).ConfigureAwait(false));
            ConnectionId = lease.ConnectionId;
            connection = lease.Connection;
            return Outcome.FromResult(await operation(connection, state, CancellationToken).ConfigureAwait(false));
        }
#pragma warning disable CA1031 // judged by ShouldRetry, and thrown if it is the last
        catch (Exception error)
#pragma warning restore CA1031
        {
            IsFault = ConnectionId is not null && host.CondemnOnFault(lease, error);
            if (!IsFault && connection is not null)
            {
                Remember(connection);
            }

            return Outcome.FromException<TResult>(error);
        }
        finally
        {
            lease.Dispose();
        }
    }

    protected override PoolSnapshot TakeSnapshot() => host.Pool.Snapshot();

    /// <summary>
    /// Exchanges the lease of a connection that this call has failed on for another's, if one is free now: it holds the
    /// old one until then, so that it cannot get it again, and waits for nothing.
    /// </summary>
    Lease<TConnection> Another(Lease<TConnection> lease)
    {
        if (_used is null || !IsUsed(lease))
        {
            return lease;
        }

        var used = new List<Lease<TConnection>> { lease };
        while (used.Count <= _used.Count && host.Pool.TryAcquire(out var other))
        {
            if (!IsUsed(other))
            {
                lease = other;
                break;
            }

            used.Add(other);
        }

        foreach (var old in used.Where(old => old != lease))
        {
            old.Dispose();
        }

        return lease;
    }

    bool IsUsed(Lease<TConnection> lease)
    {
        try
        {
            return _used!.Contains(lease.Connection, ReferenceEqualityComparer.Instance);
        }
        catch (Exception error) when (error is ObjectDisposedException or LeaseRevokedException)
        {
            // Taken back just now: the attempt will find out.
            return false;
        }
    }

    void Remember(TConnection connection)
    {
        _used ??= [];
        if (_used.Count == UsedMax)
        {
            _used.RemoveAt(0);
        }

        _used.Add(connection);
    }
}
