using System.Diagnostics;
using System.Runtime.CompilerServices;
using ActorPool.Actors;
using ActorPool.Connections;
using ActorPool.Endpoints;
using ActorPool.Errors;
using ActorPool.Options;

namespace ActorPool;

/// <summary>
/// The pool of one endpoint, made by <see cref="ConnectionPool.Create"/>. A facade: every call becomes a message to the
/// endpoint's supervisor, and a hit is answered on the caller's own thread.
/// </summary>
/// <typeparam name="TConnection">What is pooled.</typeparam>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed partial class ConnectionPool<TConnection> : IConnectionPool<TConnection>, IPoolReceiver<TConnection>
    where TConnection : class
{
    readonly EndpointSupervisor _supervisor;
    readonly IConnector<TConnection> _connector;
    readonly PoolSettings _settings;
    readonly Clock _clock;

    internal ConnectionPool(IConnector<TConnection> connector, PoolOptions options, PoolRuntime runtime)
    {
        _settings = PoolSettings.From(options);
        _connector = connector;
        var system = runtime.System;
        _clock = system.Clock;
        _supervisor = new EndpointSupervisor(system, _settings, new PooledConnector<TConnection>(connector));
        Ref = new PoolRef<TConnection>(this);
        _supervisor.Tell(EndpointMessage.Command(EndpointRequest.Fill));
    }

    /// <inheritdoc/>
    public string Name => _settings.Name;

    /// <inheritdoc/>
    public PoolRef<TConnection> Ref { get; }

    internal EndpointSupervisor Supervisor => _supervisor;

    /// <inheritdoc/>
    public ValueTask<Lease<TConnection>> AcquireAsync(CancellationToken cancellationToken = default) =>
        AcquireAsync(_settings.AcquireTimeoutMs, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Lease<TConnection>> AcquireAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        AcquireAsync(ToTimeoutMs(timeout), cancellationToken);

    /// <inheritdoc/>
    public Lease<TConnection> Acquire(TimeSpan? timeout = null)
    {
        var timeoutMs = timeout is { } limit ? ToTimeoutMs(limit) : _settings.AcquireTimeoutMs;
        return _supervisor.Acquire(timeoutMs: 0, out var generation, out _) is { } slot
            ? new Lease<TConnection>(slot, generation)
            : AcquireBlocking(timeoutMs);
    }

    /// <inheritdoc/>
    public bool TryAcquire(out Lease<TConnection> lease)
    {
        var message = EndpointMessage.Acquire(timeoutMs: 0, wait: false, holder: null);
        while (true)
        {
            _supervisor.TakeTurn(ref message);
            if (message.Slot is not { } slot)
            {
                lease = default;
                return false;
            }

            lease = new Lease<TConnection>(slot, message.Number);
            if (!message.Flag || IsReusable(lease))
            {
                return true;
            }

            message = EndpointMessage.Reacquire(slot, message.Number, timeoutMs: 0, wait: false, holder: null);
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TResult> UseAsync<TState, TResult>(
        Func<TConnection, TState, CancellationToken, ValueTask<TResult>> operation,
        TState state,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var lease = await AcquireAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await operation(lease.Connection, state, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (CondemnOnFault(lease, error))
        {
            throw;
        }
        finally
        {
            lease.Dispose();
        }
    }

    /// <inheritdoc/>
    public PoolSnapshot Snapshot() => _supervisor.Snapshot();

    /// <inheritdoc/>
    public Task DrainAsync(TimeSpan? deadline = null)
    {
        var request = new DrainRequest(deadline is { } limit ? ToTimeoutMs(limit) : _settings.DrainTimeoutMs);
        _supervisor.Tell(EndpointMessage.Command(EndpointRequest.Drain, request));
        return request.Drained;
    }

    /// <summary>Drains the pool: <see cref="DrainAsync"/> with <see cref="PoolOptions.DrainTimeout"/>.</summary>
    public ValueTask DisposeAsync() => new(DrainAsync());

    // A debugger may have stopped the thread that owns the mailbox: nothing to wait for.
    string DebuggerDisplay
    {
        get
        {
            var message = EndpointMessage.Command(EndpointRequest.TakeSnapshot);
            return _supervisor.TryTurnAtOnce(ref message) && message.Payload is { } snapshot ? snapshot.ToString()! : $"pool '{Name}' (busy)";
        }
    }

    /// <summary>Always false: the exception goes on to its finder, with its stack untouched.</summary>
    bool CondemnOnFault(Lease<TConnection> lease, Exception error)
    {
        if (IsFault(error))
        {
            lease.MarkFaulty(error);
        }

        return false;
    }

    bool IsFault(Exception error)
    {
        try
        {
            return _connector.IsFault(error);
        }
#pragma warning disable CA1031 // a connector that cannot tell has not called the error harmless
        catch (Exception)
#pragma warning restore CA1031
        {
            return true;
        }
    }

    static long ToTimeoutMs(TimeSpan timeout) =>
        timeout >= TimeSpan.Zero || timeout == Timeout.InfiniteTimeSpan
            ? PoolSettings.ToMs(timeout)
            : throw PoolErrors.Timeout(timeout);
}
