using System.Diagnostics;
using System.Runtime.CompilerServices;
using ActorPool.Actors;
using ActorPool.Connections;
using ActorPool.Endpoints;
using ActorPool.Errors;
using ActorPool.Options;
using ActorPool.Telemetry;

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
    readonly EndpointTelemetry _telemetry;
    readonly Clock _clock;

    internal ConnectionPool(IConnector<TConnection> connector, PoolOptions options, PoolRuntime runtime)
    {
        var settings = PoolSettings.From(options);
        _connector = connector;
        var system = runtime.System;
        _clock = system.Clock;
        _supervisor = new EndpointSupervisor(system, settings, new PooledConnector<TConnection>(connector));
        _telemetry = _supervisor.Telemetry;
        Ref = new PoolRef<TConnection>(this);
        system.Sources.Add(_supervisor, this);
        _supervisor.Tell(EndpointMessage.Command(EndpointRequest.Fill));
    }

    /// <inheritdoc/>
    public string Name => _supervisor.Name;

    /// <inheritdoc/>
    public PoolRef<TConnection> Ref { get; }

    internal EndpointSupervisor Supervisor => _supervisor;

    /// <inheritdoc/>
    public ValueTask<Lease<TConnection>> AcquireAsync(CancellationToken cancellationToken = default) =>
        AcquireAsync(_supervisor.AcquireTimeoutMs, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Lease<TConnection>> AcquireAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        AcquireAsync(ToTimeoutMs(timeout), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Lease<TConnection>> AcquireAsync(AcquireLease request, CancellationToken cancellationToken = default)
    {
        var timeoutMs = TimeoutMsOf(request);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<Lease<TConnection>>(cancellationToken)
            : AcquireByMessageAsync(timeoutMs, isBusy: false, JoinedHolder(request), cancellationToken);
    }

    /// <inheritdoc/>
    public Lease<TConnection> Acquire(TimeSpan? timeout = null)
    {
        var timeoutMs = timeout is { } limit ? ToTimeoutMs(limit) : _supervisor.Settings.AcquireTimeoutMs;
        return !_telemetry.WatchesLeases && _supervisor.Acquire(timeoutMs: 0, out var generation, out _) is { } slot
            ? LeaseOf(slot, generation)
            : AcquireBlocking(timeoutMs);
    }

    /// <inheritdoc/>
    public bool TryAcquire(out Lease<TConnection> lease)
    {
        var message = EndpointMessage.Acquire(timeoutMs: 0, wait: false, HolderOf(null));
        message.Observation = _telemetry.Begin();
        while (true)
        {
            _supervisor.TakeTurn(ref message);
            if (message.Seat is not { } seat)
            {
                lease = default;
                return false;
            }

            lease = LeaseOf(seat, message.Number);
            if (!message.Flag || IsReusable(lease))
            {
                _telemetry.ServedAtOnce(message.Observation);
                return true;
            }

            message = EndpointMessage.Reacquire(seat, message.Number, timeoutMs: 0, wait: false, HolderOf(null));
        }
    }

    /// <inheritdoc/>
    public ValueTask<TResult> UseAsync<TState, TResult>(
        Func<TConnection, TState, CancellationToken, ValueTask<TResult>> operation,
        TState state,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _supervisor.Settings.Retry.IsOff
            ? UseOnceAsync(operation, state, cancellationToken)
            : UseAsync(operation, state, Retries.OfThePool, cancellationToken);
    }

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
    public PoolOverview Overview() => _supervisor.Overview();

    /// <inheritdoc/>
    public bool TryAttach(TConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var message = EndpointMessage.Command(EndpointRequest.Attach, connection);
        _supervisor.TakeTurn(ref message);
        return message.Flag;
    }

    /// <inheritdoc/>
    public Task DrainAsync(TimeSpan? deadline = null) => ExecuteAsync(new DrainPool(deadline));

    /// <inheritdoc/>
    public Task<PoolSnapshot> ExecuteAsync(PoolCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var request = new CommandRequest(CommandCheck.Checked(command, _supervisor.Settings), _supervisor.System.Dispatcher);
        _supervisor.Tell(EndpointMessage.Command(EndpointRequest.Execute, request));
        return request.HandOut();
    }

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<PoolEvent> subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return _supervisor.System.Events.Subscribe(happened =>
        {
            if (happened is PoolEvent poolEvent && ReferenceEquals(poolEvent.Source, _supervisor))
            {
                subscriber(poolEvent);
            }
        });
    }

    /// <summary>Returns a lease, if it is one of this pool.</summary>
    void IPoolReceiver<TConnection>.Return(ReleaseLease<TConnection> release)
    {
        var owner = release.Lease.Seat?.Slot.Supervisor;
        if (!ReferenceEquals(owner, _supervisor))
        {
            throw LeaseErrors.Foreign(Name, owner?.Name);
        }

        release.Carry();
    }

    /// <summary>Drains the pool: <see cref="DrainAsync"/> with <see cref="PoolOptions.DrainTimeout"/>.</summary>
    public ValueTask DisposeAsync() => new(DrainAsync());

    // A debugger may have stopped the thread that owns the mailbox: nothing to wait for.
    string DebuggerDisplay
    {
        get
        {
            var message = EndpointMessage.Command(EndpointRequest.TakeOverview);
            return _supervisor.TryTurnAtOnce(ref message) && message.Payload is { } overview ? overview.ToString()! : $"pool '{Name}' (busy)";
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
