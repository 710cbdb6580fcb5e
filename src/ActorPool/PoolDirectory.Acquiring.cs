using System.Runtime.CompilerServices;
using ActorPool.Options;

namespace ActorPool;

/// <summary>Leases without asking for the pool first.</summary>
public sealed partial class PoolDirectory<TConnection>
{
    /// <summary>
    /// Leases a connection of an endpoint, whose pool is made if this is its first use. Should that pool be drained meanwhile,
    /// to make room for others, the acquire goes on at a new one.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <inheritdoc cref="GetPool(Endpoint)" path="/exception"/>
    public ValueTask<Lease<TConnection>> AcquireAsync(Endpoint endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return Acquire(Get(endpoint, name: null), timeout: null, cancellationToken);
    }

    /// <summary><see cref="AcquireAsync(Endpoint, CancellationToken)"/> with a time limit of its own.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="timeout">The whole wait. See <see cref="IConnectionPool{TConnection}.AcquireAsync(TimeSpan, CancellationToken)"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<Lease<TConnection>> AcquireAsync(Endpoint endpoint, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return Acquire(Get(endpoint, name: null), timeout, cancellationToken);
    }

    /// <summary><see cref="AcquireAsync(Endpoint, CancellationToken)"/> of an endpoint as <see cref="Endpoint.Parse"/> reads it.</summary>
    /// <param name="endpoint">Such as <c>db.internal:5432/orders</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="FormatException">The text is no endpoint.</exception>
    public ValueTask<Lease<TConnection>> AcquireAsync(string endpoint, CancellationToken cancellationToken = default) =>
        Acquire(Unsafe.As<ConnectionPool<TConnection>>(GetPool(endpoint)), timeout: null, cancellationToken);

    ValueTask<Lease<TConnection>> Acquire(
        ConnectionPool<TConnection> pool, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var acquire = Begin(pool, timeout, cancellationToken);
        return acquire.IsCompletedSuccessfully ? acquire : GoOnAsync(acquire, pool, timeout, cancellationToken);
    }

    static ValueTask<Lease<TConnection>> Begin(
        ConnectionPool<TConnection> pool, TimeSpan? timeout, CancellationToken cancellationToken) =>
        timeout is { } limit ? pool.AcquireAsync(limit, cancellationToken) : pool.AcquireAsync(cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<Lease<TConnection>> GoOnAsync(
        ValueTask<Lease<TConnection>> acquire,
        ConnectionPool<TConnection> pool,
        TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        var clock = _runtime.System.Clock;
        var sinceMs = clock.NowMs;
        while (true)
        {
            try
            {
                return await acquire.ConfigureAwait(false);
            }
            catch (PoolClosedException)
            {
                // Put out since the caller was given it; or the whole directory is closed, which the next line tells.
                var settings = pool.Supervisor.Settings;
                var leftMs = (timeout is { } limit ? PoolSettings.ToMs(limit) : settings.AcquireTimeoutMs) - (clock.NowMs - sinceMs);
                pool = Get(settings.Endpoint!, name: null);
                acquire = Begin(
                    pool,
                    leftMs >= PoolSettings.Never / 2 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Max(0, leftMs)),
                    cancellationToken);
            }
        }
    }
}
