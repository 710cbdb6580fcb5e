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
            return new ValueTask<Lease<TConnection>>(new Lease<TConnection>(slot, generation));
        }

        return waiter is null
            ? AcquireByMessageAsync(timeoutMs, isBusy: generation == EndpointSupervisor.BusyMailbox, cancellationToken)
            : LeaseOf(Unsafe.As<LeaseWaiter<TConnection>>(waiter), cancellationToken);
    }

    static ValueTask<Lease<TConnection>> LeaseOf(LeaseWaiter<TConnection> waiter, CancellationToken cancellationToken) =>
        new(Await(waiter, cancellationToken), waiter.Token);

    ValueTask<Lease<TConnection>> AcquireByMessageAsync(long timeoutMs, bool isBusy, CancellationToken cancellationToken)
    {
        var message = EndpointMessage.Acquire(timeoutMs, wait: true, holder: null);
        if (isBusy || !_supervisor.TryTurn(ref message))
        {
            Queue(ref message);
        }

        return message is { Slot: { } slot, Flag: false }
            ? new ValueTask<Lease<TConnection>>(new Lease<TConnection>(slot, message.Number))
            : AcquireOtherwiseAsync(ref message, timeoutMs, holder: null, cancellationToken);
    }

    /// <summary>The same, with what goes wrong as a value.</summary>
    ValueTask<LeaseReply<TConnection>> IPoolReceiver<TConnection>.AskAsync(AcquireLease request, CancellationToken cancellationToken)
    {
        var timeoutMs = request.Timeout is { } timeout ? ToTimeoutMs(timeout) : _settings.AcquireTimeoutMs;
        if (cancellationToken.IsCancellationRequested)
        {
            return new(new LeaseReply<TConnection>(new OperationCanceledException(cancellationToken)));
        }

        var message = EndpointMessage.Acquire(timeoutMs, wait: true, request.Holder);
        if (!_supervisor.TryTurn(ref message))
        {
            Queue(ref message);
        }

        return message switch
        {
            { Flag: true } => ReplyAsync(AcquireOtherwiseAsync(ref message, timeoutMs, request.Holder, cancellationToken)),
            { Slot: { } slot } => new(new LeaseReply<TConnection>(new Lease<TConnection>(slot, message.Number))),
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
        message.Slot = null;
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

        if (message.Slot is not { } slot)
        {
            return ValueTask.FromException<Lease<TConnection>>(PoolErrors.Create((WaitFailure)message.Payload!, cancellationToken));
        }

        var lease = new Lease<TConnection>(slot, message.Number);
        return IsReusable(lease)
            ? new ValueTask<Lease<TConnection>>(lease)
            : AcquireLookingAsync(slot, message.Number, null, timeoutMs, holder, cancellationToken);
    }

    /// <summary>
    /// Goes on until a connection bears being looked at: each that does not is given back as dead, and its acquirer goes to
    /// the head of the line.
    /// </summary>
    async ValueTask<Lease<TConnection>> AcquireLookingAsync(
        Slot? dead,
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

                if (message.Slot is { } slot)
                {
                    var another = new Lease<TConnection>(slot, message.Number);
                    if (!message.Flag || IsReusable(another))
                    {
                        return another;
                    }

                    (dead, generation) = (slot, message.Number);
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

            (dead, generation) = (waiter.Slot!, waiter.Generation);
        }
    }

    /// <summary>Blocks the thread in a way that the thread pool notices, and keeps the time itself: timers may run late.</summary>
    Lease<TConnection> AcquireBlocking(long timeoutMs)
    {
        var sinceMs = _clock.NowMs;
        var message = EndpointMessage.Acquire(timeoutMs, wait: true, holder: null);
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
                waiter.Slot!, waiter.Generation, LeftMs(timeoutMs, sinceMs), wait: true, holder: null);
        }
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
