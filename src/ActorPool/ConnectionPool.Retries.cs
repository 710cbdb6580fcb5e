using ActorPool.Actors;
using ActorPool.Retries;

namespace ActorPool;

/// <summary>Calls that are tried again.</summary>
public sealed partial class ConnectionPool<TConnection> : IRetryHost<TConnection>
{
    // Most pools never have any.
    RetryPolicies? _retries;

    ActorSystem IRetryHost<TConnection>.System => _supervisor.System;

    IConnectionPool<TConnection> IRetryHost<TConnection>.Pool => this;

    RetryPolicies Retries
    {
        get
        {
            var settings = _supervisor.Settings.Retry;
            var retries = Volatile.Read(ref _retries);
            if (retries is null || !ReferenceEquals(retries.Default, settings))
            {
                // None yet, or the pool was reconfigured; of two who make them at once, either will do.
                retries = new RetryPolicies(settings, _clock);
                Volatile.Write(ref _retries, retries);
            }

            return retries;
        }
    }

    /// <inheritdoc/>
    public ValueTask<TResult> UseAsync<TState, TResult>(
        Func<TConnection, TState, CancellationToken, ValueTask<TResult>> operation,
        TState state,
        RetryOptions retry,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(retry);
        return UseAsync(operation, state, Retries.Of(retry), cancellationToken);
    }

    ValueTask<TResult> UseAsync<TState, TResult>(
        Func<TConnection, TState, CancellationToken, ValueTask<TResult>> operation,
        TState state,
        RetryPolicy policy,
        CancellationToken cancellationToken) => policy.Settings.IsOff
        ? UseOnceAsync(operation, state, cancellationToken)
        : policy.RunAsync(this, operation, state, cancellationToken);

    bool IRetryHost<TConnection>.CondemnOnFault(in Lease<TConnection> lease, Exception error)
    {
        if (!IsFault(error))
        {
            return false;
        }

        lease.MarkFaulty(error);
        return true;
    }
}
