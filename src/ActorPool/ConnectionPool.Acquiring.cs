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
        if (isBusy || !_supervisor.TryTurn(ref message))
        {
            Queue(ref message);
        }

        return message is { Seat: { } seat, Flag: false }
            ? new ValueTask<Lease<TConnection>>(LeaseOf(seat, message.Number))
            : AcquireOtherwiseAsync(ref message, timeoutMs, holder, cancellationToken);
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
        if (!_supervisor.TryTurn(ref message))
        {
            Queue(ref message);
        }

        return message switch
        {
            { Flag: true } => ReplyAsync(AcquireOtherwiseAsync(ref message, timeoutMs, holder, cancellationToken)),
            { Seat: { } seat } => new(new LeaseReply<TConnection>(LeaseOf(seat, message.Number))),
            { Waiter: LeaseWaiter<TConnection> waiter } => new(Await(waiter, cancellationToken), waiter.Token),
            _ => new(new LeaseReply<TConnection>(PoolErrors.Create((WaitFailure)message.Payload!, cancellationToken))),
        };
    }

    static async ValueTask<LeaseReply<TConnection>> ReplyAsync(ValueTask<Lease<TConnection>> acquire)
    {
        try
        {
            return new LeaseReply<TConnection>(await acquire.ConfigureAwait(false));
        }
        catch (Exception error) when (error is PoolException or OperationCanceledException)
        {
            return new LeaseReply<TConnection>(error);
        }
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
        if (message.Waiter is LeaseWaiter<TConnection> waiter)
        {
            Await(waiter, cancellationToken);
            return message.Flag
                ? AcquireLookingAsync(null, 0, waiter, timeoutMs, holder, cancellationToken)
                : new ValueTask<Lease<TConnection>>(waiter, waiter.Token);
        }

        if (message.Seat is not { } seat)
        {
            return ValueTask.FromException<Lease<TConnection>>(PoolErrors.Create((WaitFailure)message.Payload!, cancellationToken));
        }

        var lease = LeaseOf(seat, message.Number);
        return IsReusable(lease)
            ? new ValueTask<Lease<TConnection>>(lease)
            : AcquireLookingAsync(seat, message.Number, null, timeoutMs, holder, cancellationToken);
    }

    /// <summary>
    /// Goes on until a connection bears being looked at: each that does not is given back as dead, and its acquirer goes to
    /// the head of the line.
    /// </summary>
    async ValueTask<Lease<TConnection>> AcquireLookingAsync(
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
                        return another;
                    }

                    (dead, generation) = (seat, message.Number);
                    continue;
                }

                waiter = message.Waiter is LeaseWaiter<TConnection> queued
                    ? Await(queued, cancellationToken)
                    : throw PoolErrors.Create((WaitFailure)message.Payload!, cancellationToken);
            }

            var lease = await new ValueTask<Lease<TConnection>>(waiter!, waiter!.Token).ConfigureAwait(false);
            if (!waiter.NeedsLook || IsReusable(lease))
            {
                return lease;
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
            if (!waiter.NeedsLook || IsReusable(lease))
            {
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
