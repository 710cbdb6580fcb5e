using System.Diagnostics;
using System.Runtime.CompilerServices;
using ActorPool.Endpoints;
using ActorPool.Errors;
using ActorPool.Options;

namespace ActorPool;

/// <summary>The ways of an acquire: the hit, and what comes when there is none.</summary>
public sealed partial class ConnectionPool<TConnection>
{
    /// <summary>A hit is answered here and now. Not an async method: nothing is allocated for it, nor for a wait.</summary>
    ValueTask<Lease<TConnection>> AcquireAsync(long timeoutMs, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Lease<TConnection>>(cancellationToken);
        }

        if (_telemetry.WatchesLeases)
        {
            return AcquireByMessageAsync(timeoutMs, isBusy: false, HolderOf(null), cancellationToken);
        }

        if (_supervisor.Acquire(timeoutMs, out var generation, out var waiter) is { } slot)
        {
            return new ValueTask<Lease<TConnection>>(LeaseOf(slot, generation));
        }

        return waiter is null
            ? AcquireByMessageAsync(
                timeoutMs, isBusy: generation == EndpointSupervisor.BusyMailbox, HolderOf(null), cancellationToken)
            : LeaseOf(Unsafe.As<LeaseWaiter<TConnection>>(waiter), cancellationToken);
    }

    static ValueTask<Lease<TConnection>> LeaseOf(LeaseWaiter<TConnection> waiter, CancellationToken cancellationToken) =>
        new(Await(waiter, cancellationToken), waiter.Token);

    /// <summary>A lease for its caller; watched, if the pool looks for leases that nobody returns.</summary>
    internal Lease<TConnection> LeaseOf(Seat seat, long generation) =>
        _supervisor.WatchesLeases ? Watched(seat, generation) : new Lease<TConnection>(seat, generation);

    [MethodImpl(MethodImplOptions.NoInlining)]
    Lease<TConnection> Watched(Seat seat, long generation) => _supervisor.WatchesNextLease
        ? new Lease<TConnection>(new LeaseSentinel(seat, generation))
        : new Lease<TConnection>(seat, generation);

    /// <summary>The holder as the supervisor keeps it: with where it acquires, if the pool wants to know.</summary>
    object? HolderOf(object? holder) =>
        _supervisor.Settings.CaptureStacks ? new TracedHolder(holder, new StackTrace(fNeedFileInfo: true)) : holder;

    ValueTask<Lease<TConnection>> AcquireByMessageAsync(
        long timeoutMs, bool isBusy, object? holder, CancellationToken cancellationToken)
    {
        var message = EndpointMessage.Acquire(timeoutMs, wait: true, holder);
        message.Observation = _telemetry.Begin();
        if (isBusy || !_supervisor.TryTurn(ref message))
        {
            Queue(ref message);
        }

        if (message is not { Seat: { } seat, Flag: false })
        {
            return AcquireOtherwiseAsync(ref message, timeoutMs, holder, cancellationToken);
        }

        _telemetry.ServedAtOnce(message.Observation);
        return new ValueTask<Lease<TConnection>>(LeaseOf(seat, message.Number));
    }

    /// <summary>The same, with what goes wrong as a value.</summary>
    ValueTask<LeaseReply<TConnection>> IPoolReceiver<TConnection>.AskAsync(AcquireLease request, CancellationToken cancellationToken)
    {
        var timeoutMs = TimeoutMsOf(request);
        if (cancellationToken.IsCancellationRequested)
        {
            return new(new LeaseReply<TConnection>(new OperationCanceledException(cancellationToken)));
        }

        var holder = JoinedHolder(request);
        var message = EndpointMessage.Acquire(timeoutMs, wait: true, holder);
        message.Observation = _telemetry.Begin();
        if (!_supervisor.TryTurn(ref message))
        {
            Queue(ref message);
        }

        if (message is { Seat: not null, Flag: false })
        {
            _telemetry.ServedAtOnce(message.Observation);
        }

        return message switch
        {
            { Seat: null, Waiter: null } =>
                new(new LeaseReply<TConnection>(PoolErrors.Create((WaitFailure)message.Payload!, cancellationToken))),
            { Flag: true } => AskOtherwiseAsync(ref message, timeoutMs, holder, cancellationToken),
            { Seat: { } seat } => new(new LeaseReply<TConnection>(LeaseOf(seat, message.Number))),
            _ => ReplyOf((LeaseWaiter<TConnection>)message.Waiter!, cancellationToken),
        };

        static ValueTask<LeaseReply<TConnection>> ReplyOf(LeaseWaiter<TConnection> waiter, CancellationToken cancellationToken) =>
            new(Await(waiter, cancellationToken), waiter.Token);
    }

    /// <summary>The mailbox stayed busy: the message waits in it, and brings along who waits for the answer.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    void Queue(ref EndpointMessage message)
    {
        message.Waiter = new LeaseWaiter<TConnection>(_supervisor);
        _supervisor.TellQueued(message);

        // The turn may find a connection that must be looked at; only the waiter knows.
        message.Flag = true;
        message.Seat = null;
    }

    ValueTask<Lease<TConnection>> AcquireOtherwiseAsync(
        ref EndpointMessage message, long timeoutMs, object? holder, CancellationToken cancellationToken)
    {
        if (message is { Waiter: LeaseWaiter<TConnection> waiter, Flag: false })
        {
            Await(waiter, cancellationToken);
            return new ValueTask<Lease<TConnection>>(waiter, waiter.Token);
        }

        return message is { Seat: null, Waiter: null }
            ? ValueTask.FromException<Lease<TConnection>>(PoolErrors.Create((WaitFailure)message.Payload!, cancellationToken))
            : LeaseOfAsync(AskOtherwiseAsync(ref message, timeoutMs, holder, cancellationToken));
    }

    static ValueTask<Lease<TConnection>> LeaseOfAsync(ValueTask<LeaseReply<TConnection>> asking)
    {
        return asking.IsCompletedSuccessfully && asking.Result is { IsSuccess: true } reply
            ? new ValueTask<Lease<TConnection>>(reply.Lease)
            : AwaitAsync(asking);

        static async ValueTask<Lease<TConnection>> AwaitAsync(ValueTask<LeaseReply<TConnection>> asking)
        {
            var reply = await asking.ConfigureAwait(false);
            return reply.IsSuccess ? reply.Lease : throw reply.Failure;
        }
    }

    /// <summary>A connection that must be looked at first, or a waiter that may get such a one.</summary>
    ValueTask<LeaseReply<TConnection>> AskOtherwiseAsync(
        ref EndpointMessage message, long timeoutMs, object? holder, CancellationToken cancellationToken)
    {
        if (message.Waiter is LeaseWaiter<TConnection> waiter)
        {
            return AskLookingAsync(null, 0, Await(waiter, cancellationToken), timeoutMs, holder, cancellationToken);
        }

        var lease = LeaseOf(message.Seat!, message.Number);
        if (!IsReusable(lease))
        {
            return AskLookingAsync(message.Seat, message.Number, null, timeoutMs, holder, cancellationToken);
        }

        _telemetry.ServedAtOnce(message.Observation);
        return new ValueTask<LeaseReply<TConnection>>(new LeaseReply<TConnection>(lease));
    }

    /// <summary>
    /// Goes on until a connection bears being looked at: each that does not is given back as dead, and its acquirer goes to
    /// the head of the line. What goes wrong is a value: nothing is thrown from state machine to state machine.
    /// </summary>
    async ValueTask<LeaseReply<TConnection>> AskLookingAsync(
        Seat? dead,
        long generation,
        LeaseWaiter<TConnection>? waiter,
        long timeoutMs,
        object? holder,
        CancellationToken cancellationToken)
    {
        var sinceMs = _clock.NowMs;
        while (true)
        {
            if (dead is not null)
            {
                var message = EndpointMessage.Reacquire(dead, generation, LeftMs(timeoutMs, sinceMs), wait: true, holder);
                if (!_supervisor.TryTurn(ref message))
                {
                    Queue(ref message);
                }

                if (message.Seat is { } seat)
                {
                    var another = LeaseOf(seat, message.Number);
                    if (!message.Flag || IsReusable(another))
                    {
                        _telemetry.ServedAtOnce(message.Observation);
                        return new LeaseReply<TConnection>(another);
                    }

                    (dead, generation) = (seat, message.Number);
                    continue;
                }

                if (message.Waiter is not LeaseWaiter<TConnection> queued)
                {
                    return new LeaseReply<TConnection>(PoolErrors.Create((WaitFailure)message.Payload!, cancellationToken));
                }

                waiter = Await(queued, cancellationToken);
            }

            var reply = await new ValueTask<LeaseReply<TConnection>>(waiter!, waiter!.Token).ConfigureAwait(false);
            if (!reply.IsSuccess || !waiter.NeedsLook)
            {
                return reply;
            }

            if (IsReusable(reply.Lease))
            {
                LookedAt(waiter);
                return reply;
            }

            (dead, generation) = (waiter.Seat!, waiter.Generation);
        }
    }

    /// <summary>Blocks the thread in a way that the thread pool notices, and keeps the time itself: timers may run late.</summary>
    Lease<TConnection> AcquireBlocking(long timeoutMs)
    {
        var sinceMs = _clock.NowMs;
        var holder = HolderOf(null);
        var message = EndpointMessage.Acquire(timeoutMs, wait: true, holder);
        message.Observation = _telemetry.Begin();
        while (true)
        {
            var waiter = new LeaseWaiter<TConnection>(_supervisor);
            waiter.PrepareBlock();
            message.Waiter = waiter;
            if (!_supervisor.TryTurn(ref message))
            {
                _supervisor.TellQueued(message);
            }

            var leftMs = LeftMs(timeoutMs, sinceMs);
            if (!waiter.Block(leftMs >= int.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(leftMs)))
            {
                waiter.Abandon(timedOut: true, post: false);
                waiter.Block(Timeout.InfiniteTimeSpan);
            }

            var lease = waiter.TakeLease();
            if (!waiter.NeedsLook)
            {
                return lease;
            }

            if (IsReusable(lease))
            {
                LookedAt(waiter);
                return lease;
            }

            message = EndpointMessage.Reacquire(
                waiter.Seat!, waiter.Generation, LeftMs(timeoutMs, sinceMs), wait: true, holder);
        }
    }

    long TimeoutMsOf(AcquireLease request) =>
        request.Timeout is { } timeout ? ToTimeoutMs(timeout) : _supervisor.Settings.AcquireTimeoutMs;

    /// <summary>A holder with an end tells the pool of it from now on.</summary>
    object? JoinedHolder(AcquireLease request)
    {
        (request.Holder as LeaseScope)?.Join(_supervisor);
        return HolderOf(request.Holder);
    }

    static LeaseWaiter<TConnection> Await(LeaseWaiter<TConnection> waiter, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            waiter.CancelWith(cancellationToken);
        }

        return waiter;
    }

    /// <summary>Those who measure are told only now: before, the caller did not have it.</summary>
    void LookedAt(LeaseWaiter<TConnection> waiter)
    {
        if (waiter.Observation.IsOn)
        {
            _telemetry.Served(waiter.Observation, waiter.GrantedAt);
        }
    }

    long LeftMs(long timeoutMs, long sinceMs) =>
        timeoutMs >= PoolSettings.Never ? timeoutMs : Math.Max(0, timeoutMs - (_clock.NowMs - sinceMs));

    /// <summary>Whether the connection bears being looked at; not if the lease was cut meanwhile.</summary>
    bool IsReusable(Lease<TConnection> lease)
    {
        try
        {
            return _connector.IsReusable(lease.Connection);
        }
#pragma warning disable CA1031 // a connection whose look throws is not one to hand out
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
