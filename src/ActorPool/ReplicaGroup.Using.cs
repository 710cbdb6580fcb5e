using System.Runtime.CompilerServices;
using ActorPool.Actors;
using ActorPool.Connections;
using ActorPool.Retries;
using ActorPool.Routing;

namespace ActorPool;

/// <summary>Operations on a leased connection of whichever member serves; each attempt of a retry chooses anew.</summary>
public sealed partial class ReplicaGroup<TConnection>
{
    RetryPolicies _retries;

    RetryPolicies Retries
    {
        get
        {
            var settings = _settings.Retry;
            var retries = Volatile.Read(ref _retries);
            if (!ReferenceEquals(retries.Default, settings))
            {
                // The group was reconfigured; of two who make them at once, either will do.
                retries = new RetryPolicies(settings, _system.Clock);
                Volatile.Write(ref _retries, retries);
            }

            return retries;
        }
    }

    ActorSystem IRetryHost<TConnection>.System => _system;

    IConnectionPool<TConnection> IRetryHost<TConnection>.Pool => this;

    /// <inheritdoc/>
    public ValueTask<TResult> UseAsync<TState, TResult>(
        Func<TConnection, TState, CancellationToken, ValueTask<TResult>> operation,
        TState state,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return UseAsync(operation, state, Retries.OfThePool, cancellationToken);
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

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<TResult> UseOnceAsync<TState, TResult>(
        Func<TConnection, TState, CancellationToken, ValueTask<TResult>> operation,
        TState state,
        CancellationToken cancellationToken)
    {
        var lease = await AcquireAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await operation(lease.Connection, state, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (CondemnAndGoOn(lease, error))
        {
            throw;
        }
        finally
        {
            lease.Dispose();
        }
    }

    bool IRetryHost<TConnection>.CondemnOnFault(in Lease<TConnection> lease, Exception error) => CondemnOnFault(lease, error);

    bool CondemnOnFault(Lease<TConnection> lease, Exception error)
    {
        if (!IsFault(lease, error))
        {
            return false;
        }

        lease.MarkFaulty(error);
        return true;
    }

    /// <summary>Always false: the exception goes on to its finder, with its stack untouched.</summary>
    bool CondemnAndGoOn(Lease<TConnection> lease, Exception error)
    {
        CondemnOnFault(lease, error);
        return false;
    }

    bool IsFault(Lease<TConnection> lease, Exception error)
    {
        try
        {
            return ConnectorOf(lease)!.IsFault(error);
        }
#pragma warning disable CA1031 // a connector that cannot tell has not called the error harmless
        catch (Exception)
#pragma warning restore CA1031
        {
            return true;
        }
    }

    /// <summary>The connector of the member that a lease is of, even if that has left the group; null if it is somebody else's.</summary>
    ReplicaConnector<TConnection>? ConnectorOf(Lease<TConnection> lease) =>
        lease.Seat?.Slot.Supervisor.Connector is PooledConnector<TConnection> { Connector: ReplicaConnector<TConnection> connector }
        && ReferenceEquals(connector.Group, _supervisor)
            ? connector
            : null;
}
