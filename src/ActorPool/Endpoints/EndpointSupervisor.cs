using ActorPool.Actors;
using ActorPool.Connections;
using ActorPool.Options;
using ActorPool.Telemetry;

namespace ActorPool.Endpoints;

/// <summary>
/// The actor in charge of one endpoint. It alone touches the slots, the idle ones, the waiters and the counters; callers
/// and connections speak to it by <see cref="EndpointMessage"/>. Its turns run on whatever thread sent the message.
/// </summary>
/// <remarks>
/// This file has its state and its messages. The way of a lease is in <c>Leasing</c>, and <c>Hits</c> has its shortest form.
/// A wait is in <c>Waiting</c>, the life of connections in <c>Opening</c>, <c>Idling</c>, <c>Renewing</c> and <c>Closing</c>,
/// what is kept about holders in <c>Holders</c>, connections with several leases in <c>Sharing</c>, the limit over several
/// pools in <c>Granting</c>, operations in <c>Commands</c> and <c>WarmingUp</c>, the pool's picture in <c>Snapshot</c>, and what
/// is kept for who measures and traces in <c>Observing</c>.
/// </remarks>
sealed partial class EndpointSupervisor : Actor<EndpointMessage>, IPoolSource
{
    readonly PooledConnector _connector;
    readonly SlotTable _slots;
    readonly IdleSlots _idle;
    readonly WaiterQueue _waiters = new();
    readonly EndpointHealth _health;
    readonly PoolCounters _counters = new();

    // How many slots are in each state, except idle and leased; see MoveLease.
    readonly int[] _counts = new int[Enum.GetValues<SlotState>().Length];
    readonly bool _looks;
    readonly bool _returns;

    // What the shortest ways need to know, in one place: whether nothing special is to be done; see ChooseWays.
    bool _plainHits;
    bool _plainWaits;
    bool _plainReturns;
    bool _watchesLeases;
    long _acquireTimeoutMs;
    bool _isPaused;
    PoolSettings _settings;
    long _acquired;
    long _useMs;

    public EndpointSupervisor(ActorSystem system, PoolSettings settings, PooledConnector connector)
        : base(system)
    {
        _settings = settings;
        _connector = connector;
        _slots = new SlotTable(this);
        _idle = new IdleSlots(_slots);
        _health = new EndpointHealth(settings, system.Random);
        _looks = connector.Steps.HasFlag(ConnectorSteps.Reuse);
        _returns = (connector.Steps & (ConnectorSteps.Return | ConnectorSteps.Reset)) != 0;
        _lifetimes = new LifetimeSpread(system.Random.NextDouble());
        Telemetry = new EndpointTelemetry(system.Instruments, system.Clock.TimeProvider, settings.Name);
        UseSettings();
    }

    /// <summary>The pool's options; others after each reconfiguration.</summary>
    public PoolSettings Settings => Volatile.Read(ref _settings);

    /// <summary>How long an acquire waits that does not say it; for every acquire, so that it need not look up the options.</summary>
    public long AcquireTimeoutMs => _acquireTimeoutMs;

    /// <summary>Who opens and closes its connections.</summary>
    public PooledConnector Connector => _connector;

    /// <summary>The pool's name.</summary>
    public string Name => _settings.Name;

    /// <summary>The budget over many machines that it has joined; null for none.</summary>
    public IClusterBudget? ClusterBudget => Volatile.Read(ref _grants)?.Budget as IClusterBudget;

    /// <summary>From a holder's thread: its connection is not to be used again.</summary>
    public void MarkFaulty(Seat seat, long generation, Exception? error) =>
        Tell(EndpointMessage.MarkFaulty(seat, generation, error));

    /// <summary>From a holder's thread: it keeps the connection. False if the lease has ended.</summary>
    public bool Detach(Seat seat, long generation)
    {
        var message = EndpointMessage.Detach(seat, generation);
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
                Release(ref message);
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
                Draw((SnapshotDraft)message.Payload!, SlotsPerTurn);
                message.Flag = true;
                break;
            case EndpointRequest.TakeOverview:
                message.Payload = OverviewInTurn(System.Clock.NowMs);
                break;
            case EndpointRequest.ReadNumbers:
                ReadInTurn((PoolNumbers)message.Payload!);
                message.Flag = true;
                break;
            case EndpointRequest.Fill:
                OpenOnDemand(System.Clock.NowMs);
                break;
            case EndpointRequest.Execute:
                Execute((CommandRequest)message.Payload!);
                break;
            case EndpointRequest.Attach:
                message.Flag = Attach(message.Payload!);
                break;
            case EndpointRequest.LeaseLost:
                LeaseLost(message.Seat!, message.Number);
                break;
            case EndpointRequest.HolderEnded:
                EndHolder((LeaseScope)message.Payload!);
                break;
            case EndpointRequest.Granted:
                Granted((int)message.Number);
                break;
            case EndpointRequest.GiveBack:
                GiveBack((int)message.Number);
                break;
            case EndpointRequest.Recall:
                Recall((int)message.Number, message.Flag ? EvictMode.Hard : EvictMode.Soft);
                break;
            case EndpointRequest.CredentialsKnown:
                CredentialsKnown((VersionedCredentials?)message.Payload);
                break;
            case EndpointRequest.TimerDue:
                TimerDue((EndpointTimer)message.Number);
                break;
            default:
                ReceiveReport(ref message);
                break;
        }
    }

    void TimerDue(EndpointTimer timer)
    {
        var nowMs = System.Clock.NowMs;
        switch (timer)
        {
            case EndpointTimer.WaitExpires:
                ExpireWaiters(nowMs);
                break;
            case EndpointTimer.QueueChecked:
                CheckQueue(nowMs);
                break;
            case EndpointTimer.BackoffEnds:
                EndBackoff(nowMs);
                break;
            case EndpointTimer.FillDue:
                OpenOnDemand(nowMs);
                break;
            case EndpointTimer.IdleExpires:
                ExpireIdle(nowMs);
                break;
            case EndpointTimer.IdleSampled:
                SampleIdle(nowMs);
                break;
            case EndpointTimer.RenewalDue:
                BeginRenewals(nowMs);
                break;
            case EndpointTimer.CredentialsExpire:
                AskForCredentials();
                break;
            case EndpointTimer.WarmUpStalls:
                CheckWarmUps(nowMs);
                break;
            case EndpointTimer.DeadlineLooked:
                LookAtDeadline(nowMs);
                break;
            case EndpointTimer.WishesLooked:
                LookAtWishes(nowMs);
                break;
            case EndpointTimer.LeaseOverdue:
                CheckLeases(nowMs);
                break;
            case EndpointTimer.PauseEnds:
                Resume(nowMs);
                break;
            default:
                ExpireDrain(nowMs);
                break;
        }
    }

    void StartTimer(EndpointTimer timer, long delayMs) =>
        StartTimer((int)timer, Math.Max(0, delayMs), EndpointMessage.TimerDue(timer));

    /// <summary>What a connection reports. One whose slot has another connection by now is late, and says nothing new.</summary>
    void ReceiveReport(ref EndpointMessage message)
    {
        var slot = message.Slot;
        if (slot.ConnectionId != message.Number)
        {
            return;
        }

        var nowMs = System.Clock.NowMs;
        switch (message.Request)
        {
            case EndpointRequest.Opened:
                Opened(slot, (OpenResult)message.Payload!, nowMs);
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

    /// <summary>Connections that are open: idle, leased or being checked.</summary>
    int Present => _slots.InUse - Count(SlotState.Opening) - Count(SlotState.Closing);

    /// <summary>Tells those who listen, after the turn and on the dispatcher; also from the turns of this pool's connections.</summary>
    public void Publish(PoolEvent happened)
    {
        happened.Source = this;
        System.Events.Publish(happened);
    }
}
