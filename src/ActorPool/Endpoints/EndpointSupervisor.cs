using ActorPool.Actors;
using ActorPool.Connections;
using ActorPool.Options;

namespace ActorPool.Endpoints;

/// <summary>
/// The actor in charge of one endpoint. It alone touches the slots, the idle ones, the waiters and the counters; callers
/// and connections speak to it by <see cref="EndpointMessage"/>. Its turns run on whatever thread sent the message.
/// </summary>
/// <remarks>
/// This file is the way of a lease: acquire and release, and <c>Hits</c> beside it their shortest form. <c>Waiting</c>,
/// <c>Opening</c>, <c>Idling</c>, <c>Closing</c> and <c>Snapshot</c> hold the rest.
/// </remarks>
sealed partial class EndpointSupervisor : Actor<EndpointMessage>
{
    readonly PoolSettings _settings;
    readonly PooledConnector _connector;
    readonly SlotTable _slots;
    readonly IdleSlots _idle;
    readonly WaiterQueue _waiters = new();
    readonly EndpointHealth _health;
    readonly PoolCounters _counters = new();

    // How many slots are in each state, except idle and leased; see MoveLease.
    readonly int[] _counts = new int[Enum.GetValues<SlotState>().Length];
    readonly bool _resets;
    readonly bool _looks;
    readonly bool _returns;
    long _acquired;

    public EndpointSupervisor(ActorSystem system, PoolSettings settings, PooledConnector connector)
        : base(system)
    {
        _settings = settings;
        _connector = connector;
        _slots = new SlotTable(this);
        _idle = new IdleSlots(_slots);
        _health = new EndpointHealth(settings, system.Random);
        _resets = connector.Steps.HasFlag(ConnectorSteps.Reset);
        _looks = connector.Steps.HasFlag(ConnectorSteps.Reuse);
        _returns = connector.Steps.HasFlag(ConnectorSteps.Return);
    }

    /// <summary>The pool's options.</summary>
    public PoolSettings Settings => _settings;

    /// <summary>Who opens and closes its connections.</summary>
    public PooledConnector Connector => _connector;

    /// <summary>The pool's name.</summary>
    public string Name => _settings.Name;

    /// <summary>The pool's picture; for any thread, outside any turn.</summary>
    public PoolSnapshot Snapshot()
    {
        var message = EndpointMessage.Command(EndpointRequest.TakeSnapshot);
        TakeTurn(ref message);
        return (PoolSnapshot?)message.Payload
            ?? throw new InvariantException("the supervisor failed while its snapshot was taken");
    }

    /// <summary>From a holder's thread: its connection is not to be used again.</summary>
    public void MarkFaulty(Slot slot, long generation, Exception? error) =>
        Tell(EndpointMessage.MarkFaulty(slot, generation, error));

    /// <summary>From a holder's thread: it keeps the connection. False if the lease has ended.</summary>
    public bool Detach(Slot slot, long generation)
    {
        var message = EndpointMessage.Detach(slot, generation);
        TakeTurn(ref message);
        return message.Flag;
    }

    public override string ToString() => $"supervisor of pool '{Name}'";

    protected override void Receive(ref EndpointMessage message)
    {
        switch (message.Request)
        {
            case EndpointRequest.Acquire:
                Acquire(ref message);
                break;
            case EndpointRequest.Release:
                EndLease(message.Slot!, message.Number, message.Flag);
                break;
            case EndpointRequest.Reacquire:
                Reacquire(ref message);
                break;
            case EndpointRequest.MarkFaulty:
                MarkFaulty(ref message);
                break;
            case EndpointRequest.Detach:
                Detach(ref message);
                break;
            case EndpointRequest.AbandonWait:
                AbandonWait(message.Waiter!, message.Flag);
                break;
            case EndpointRequest.TakeSnapshot:
                message.Payload = TakeSnapshot();
                break;
            case EndpointRequest.Fill:
                OpenOnDemand(System.Clock.NowMs);
                break;
            case EndpointRequest.Drain:
                Drain((DrainRequest)message.Payload!);
                break;
            case EndpointRequest.WaitExpired:
                ExpireWaiters();
                break;
            case EndpointRequest.BackoffEnded:
                OpenOnDemand(System.Clock.NowMs);
                break;
            case EndpointRequest.IdleExpired:
                ExpireIdle();
                break;
            case EndpointRequest.DrainExpired:
                ExpireDrain();
                break;
            default:
                ReceiveReport(ref message);
                break;
        }
    }

    /// <summary>What a connection reports. One whose slot has another connection by now is late, and says nothing new.</summary>
    void ReceiveReport(ref EndpointMessage message)
    {
        var slot = message.Slot!;
        if (slot.ConnectionId != message.Number)
        {
            return;
        }

        var nowMs = System.Clock.NowMs;
        switch (message.Request)
        {
            case EndpointRequest.Opened:
                Opened(slot, message.Payload!, nowMs);
                break;
            case EndpointRequest.OpenFailed:
                OpenFailed(slot, (OpenFailure)message.Payload!, nowMs);
                break;
            case EndpointRequest.OpenTimedOut:
                OpenTimedOut(slot, (OpenFailure)message.Payload!, nowMs);
                break;
            case EndpointRequest.ProbeDue:
                ProbeDue(slot, nowMs);
                break;
            case EndpointRequest.Checked:
                Checked(slot, nowMs);
                break;
            case EndpointRequest.CheckFailed:
                CheckFailed(slot, (Exception)message.Payload!, nowMs);
                break;
            case EndpointRequest.Condemned:
                Condemned(slot, (Exception)message.Payload!, message.Flag, nowMs);
                break;
            case EndpointRequest.Closed:
                Closed(slot, (bool)message.Payload!, nowMs);
                break;
            default:
                Invariant.Broken($"the supervisor was sent {message.Request}");
                break;
        }
    }

    void Acquire(ref EndpointMessage message)
    {
        var nowMs = System.Clock.NowMs;
        if (!TryGrantIdle(ref message, nowMs))
        {
            Miss(ref message, nowMs, atHead: false);
        }
    }

    bool TryGrantIdle(ref EndpointMessage message, long nowMs)
    {
        int index;
        while ((index = _idle.Take(_settings.Order)) >= 0)
        {
            var slot = _slots[index];
            if (nowMs >= slot.ExpiresAtMs)
            {
                RetireTaken(slot, CloseReason.MaxLifetime, nowMs);
                continue;
            }

            var needsLook = _looks && nowMs - slot.StateSinceMs >= _settings.ValidateAfterIdleMs;
            if (message.Waiter is { } waiter)
            {
                waiter.NeedsLook = needsLook;
                waiter.HasWaited = false;
                waiter.Holder = message.Payload;
                Grant(slot, waiter, nowMs);
                return true;
            }

            Take(slot, message.Payload, nowMs);
            message.Slot = slot;
            message.Number = slot.Generation;
            message.Flag = needsLook;
            return true;
        }

        return false;
    }

    void Take(Slot slot, object? holder, long nowMs)
    {
        MoveLease(slot, SlotEvent.Take, nowMs);
        slot.UseCount++;
        _acquired++;
        if (holder is not null)
        {
            slot.Holder = holder;
        }
    }

    /// <summary>An acquirer's connection turned out dead: it goes, and its acquirer is served before all others.</summary>
    void Reacquire(ref EndpointMessage message)
    {
        var nowMs = System.Clock.NowMs;
        var slot = message.Slot!;
        message.Slot = null;
        if (slot.Generation == message.Number)
        {
            _acquired--;
            if (slot.Waiter is { HasWaited: true })
            {
                _counters.AcquiredAfterWait--;
            }

            EndLease(slot, byHolder: true);
            CloseReturned(slot, CloseReason.NotReusable, nowMs);
        }

        if (!TryGrantIdle(ref message, nowMs))
        {
            Miss(ref message, nowMs, atHead: true);
        }
    }

    /// <summary>A holder returns its lease.</summary>
    void EndLease(Slot slot, long generation, bool fit)
    {
        if (slot.Generation != generation)
        {
            _counters.RepeatedReleases++;
            return;
        }

        EndLease(slot, byHolder: true);
        var nowMs = Math.Max(System.Clock.CoarseNowMs, slot.StateSinceMs);
        if (slot.State == SlotState.Doomed || !fit)
        {
            CloseReturned(slot, CloseReason.NotReturned, nowMs);
        }
        else if (nowMs >= slot.ExpiresAtMs)
        {
            CloseReturned(slot, CloseReason.MaxLifetime, nowMs);
        }
        else if (_resets)
        {
            Move(slot, SlotEvent.ReturnToReset, nowMs);
            Send(slot.Actor!, ConnectionMessage.Command(ConnectionRequest.Reset));
        }
        else
        {
            MoveLease(slot, SlotEvent.Return, nowMs);
            MakeIdle(slot, nowMs);
        }
    }

    /// <summary>Outdates the lease, and keeps what it no longer needs for the next.</summary>
    /// <param name="slot">Whose lease ends.</param>
    /// <param name="byHolder">
    /// Whether its holder says so, who must then have taken the lease from its promise. A lease that is cut may not have
    /// been taken yet: its promise is left alone, and not used again.
    /// </param>
    void EndLease(Slot slot, bool byHolder)
    {
        slot.RaiseGeneration();
        if (slot.Holder is not null)
        {
            slot.Holder = null;
        }

        if (slot.Waiter is { } waiter)
        {
            slot.Waiter = null;
            if (byHolder)
            {
                KeepWaiter(waiter);
            }
        }
    }

    void MarkFaulty(ref EndpointMessage message)
    {
        var slot = message.Slot!;
        if (slot.Generation == message.Number)
        {
            slot.LastError = (Exception?)message.Payload ?? slot.LastError;
            Retire(slot, CloseReason.Fault, System.Clock.NowMs);
        }
    }

    void Detach(ref EndpointMessage message)
    {
        var slot = message.Slot!;
        message.Flag = slot.Generation == message.Number;
        if (!message.Flag)
        {
            return;
        }

        EndLease(slot, byHolder: true);
        var nowMs = System.Clock.NowMs;
        Move(slot, SlotEvent.Detach, nowMs);
        Send(slot.Actor!, ConnectionMessage.Command(ConnectionRequest.Forget));
        Emptied(slot, nowMs);
    }

    /// <summary>A slot changes its state. With <see cref="MoveLease"/> the only place where one does.</summary>
    void Move(Slot slot, SlotEvent happened, long nowMs)
    {
        _counts[(int)slot.State]--;
        MoveLease(slot, happened, nowMs);
        _counts[(int)slot.State]++;
    }

    /// <summary>
    /// The moves between idle and leased, which come by the million and need not be counted: the idle ones are counted where
    /// they lie, and leased is what is neither that nor anything else.
    /// </summary>
    static void MoveLease(Slot slot, SlotEvent happened, long nowMs)
    {
        var next = SlotTransitions.Next(slot.State, happened);
        slot.State = next;
        slot.StateSinceMs = nowMs;
        slot.History.Note(next, happened, nowMs);
    }

    int Count(SlotState state) => state switch
    {
        SlotState.Idle => _idle.Count,
        SlotState.Leased => _slots.InUse - _idle.Count - Count(SlotState.Opening) - Count(SlotState.Probing)
            - Count(SlotState.Resetting) - Count(SlotState.Doomed) - Count(SlotState.Closing),
        _ => _counts[(int)state],
    };
}
