using ActorPool.Actors;
using ActorPool.Options;
using ActorPool.Telemetry;

namespace ActorPool.Routing;

/// <summary>
/// The actor in charge of a replica group: who is a member, who is ejected, who is to be asked for its role, and which
/// acquires wait. It hears from the members' connectors (<see cref="ReplicaConnector{TConnection}"/>) and from the waiting
/// acquires (<see cref="RoutedAcquire{TConnection}"/>); acquirers who need not wait only look at <see cref="View"/>.
/// </summary>
/// <remarks><c>Ejecting</c>, <c>Roles</c> and <c>Resolving</c> hold what their names say.</remarks>
sealed partial class ReplicaSupervisor : Actor<GroupMessage>, IGroupSource
{
    /// <summary>How often members are tried that fail and that nobody uses.</summary>
    const long NudgeMs = 1_000;

    readonly ReplicaGroupSettings _settings;
    readonly IReplicaFactory _factory;
    readonly List<ReplicaMember> _leaving = [];
    readonly Dictionary<Actor<RouteMessage>, long> _waiting = [];
    GroupTotals _totals = new();
    GroupView _view;
    bool _closed;

    public ReplicaSupervisor(ActorSystem system, ReplicaGroupSettings settings, IReplicaFactory factory)
        : base(system)
    {
        _settings = settings;
        _factory = factory;
        _view = new GroupView([], settings.Strategy);
    }

    /// <summary>The members at this moment; for any thread.</summary>
    public GroupView View => Volatile.Read(ref _view);

    /// <summary>Whether the group is closed; for any thread.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>The group's name.</summary>
    public string Name => _settings.Name;

    /// <summary>For metrics: what the group counts itself.</summary>
    public GroupNumbers? Read()
    {
        var message = GroupMessage.Command(GroupRequest.TakePicture);
        TakeTurn(ref message);
        return message.Payload is GroupPicture { Totals: var totals } picture
            ? new GroupNumbers(
                picture.Waiting, (long)picture.OldestWait.TotalMilliseconds, totals.AcquiredAfterWait, totals.TimedOut, totals.Cancelled)
            : null;
    }

    public override string ToString() => $"supervisor of replica group '{_settings.Name}'";

    protected override void Receive(ref GroupMessage message)
    {
        switch (message.Request)
        {
            case GroupRequest.Begin:
                Begin((ReplicaMember[])message.Payload!);
                break;
            case GroupRequest.OpenEnded:
                OpenEnded(message.Member!, message.Flag, message.Number);
                break;
            case GroupRequest.Faulted:
                Faulted(message.Member!, message.Number, message.Flag);
                break;
            case GroupRequest.OpenedInVain:
                ExpectNudge();
                break;
            case GroupRequest.Changed:
                Changed(message.Member!, (ReplicaRole)message.Number);
                break;
            case GroupRequest.RoleAsked:
                RoleAsked(message.Member!, (ReplicaRole)message.Number);
                break;
            case GroupRequest.AskRoles:
                AskRolesSoon();
                break;
            case GroupRequest.WaitBegan:
                WaitBegan(message.Route!, message.Number);
                break;
            case GroupRequest.WaitEnded:
                WaitEnded(message.Route!, (RouteOutcome)message.Number);
                break;
            case GroupRequest.Resolved:
                Resolved((Resolution)message.Payload!);
                break;
            case GroupRequest.Left:
                Left(message.Member!, (PoolOverview)message.Payload!);
                break;
            case GroupRequest.TakePicture:
                message.Payload = TakePicture();
                break;
            case GroupRequest.Close:
                message.Payload = Close();
                break;
            case GroupRequest.EjectionEnded:
                EndEjections();
                break;
            case GroupRequest.NudgeDue:
                NudgeFailing();
                break;
            case GroupRequest.RolesDue:
                AskRoles();
                break;
            case GroupRequest.ResolveDue:
                Resolve();
                break;
            default:
                Invariant.Broken($"the group was sent {message.Request}");
                break;
        }
    }

    void Begin(ReplicaMember[] members)
    {
        SetMembers(members);
        if (_settings.ResolvesNames)
        {
            Resolve();
        }

        ExpectRoles(delayMs: 0);
    }

    /// <summary>A member can be reached or cannot: those who wait had better know.</summary>
    void OpenEnded(ReplicaMember member, bool succeeded, long ended)
    {
        if (IsNoLongerOurs(member))
        {
            return;
        }

        var wasSuspect = member.IsSuspect;
        member.IsSuspect = !succeeded;
        if (succeeded)
        {
            if (wasSuspect)
            {
                LookAgain();
            }

            return;
        }

        NoteFault(member, ended, isLease: false);
        ExpectNudge();
        AskRolesSoon();
        LookAgain();
    }

    /// <summary>What is heard of a member that is being drained says nothing about it.</summary>
    bool IsNoLongerOurs(ReplicaMember member) => _closed || member.Supervisor.IsClosedNow;

    void WaitBegan(Actor<RouteMessage> route, long sinceMs)
    {
        _waiting.Add(route, sinceMs);
        if (_closed)
        {
            Send(route, RouteMessage.Command(RouteRequest.Look));
        }
    }

    void WaitEnded(Actor<RouteMessage> route, RouteOutcome outcome)
    {
        _waiting.Remove(route, out var sinceMs);
        _totals = outcome switch
        {
            RouteOutcome.Served => _totals with
            {
                AcquiredAfterWait = _totals.AcquiredAfterWait + 1,
                WaitMs = _totals.WaitMs + System.Clock.NowMs - sinceMs,
            },
            RouteOutcome.TimedOut => _totals with { TimedOut = _totals.TimedOut + 1 },
            RouteOutcome.Cancelled => _totals with { Cancelled = _totals.Cancelled + 1 },
            _ => _totals,
        };
    }

    /// <summary>Something has changed that those who wait may want to act on.</summary>
    void LookAgain()
    {
        foreach (var route in _waiting.Keys)
        {
            Send(route, RouteMessage.Command(RouteRequest.Look));
        }
    }

    /// <summary>
    /// A member that fails is passed over, so that nobody's demand has it try again: we do, until it is well or unavailable,
    /// when its own supervisor does.
    /// </summary>
    void NudgeFailing()
    {
        var goesOn = false;
        foreach (var member in _view.Members)
        {
            if (IsToNudge(member))
            {
                goesOn = true;
                Start(new MemberNudge(member));
            }
        }

        if (goesOn)
        {
            ExpectNudge();
        }
    }

    static bool IsToNudge(ReplicaMember member) =>
        member.Supervisor.HealthNow == PoolHealth.Failing || (member.IsSuspect && member.Supervisor.HealthNow == PoolHealth.Healthy);

    void ExpectNudge()
    {
        if (!_closed && TimerDueMs((int)GroupTimer.Nudge) == long.MaxValue)
        {
            StartTimer((int)GroupTimer.Nudge, NudgeMs, GroupMessage.Command(GroupRequest.NudgeDue));
        }
    }

    void SetMembers(ReplicaMember[] members)
    {
        Volatile.Write(ref _view, new GroupView(members, _settings.Strategy));
        LookAgain();
    }

    void Left(ReplicaMember member, PoolOverview last)
    {
        _leaving.Remove(member);
        _totals = _totals with { Gone = GroupSnapshots.Fold(_totals.Gone, last) };
    }

    ReplicaMember[] Close()
    {
        Volatile.Write(ref _closed, true);
        System.Sources.Remove(this);
        CancelTimers();
        LookAgain();
        return [.. _view.Members, .. _leaving];
    }

    GroupPicture TakePicture()
    {
        var nowMs = System.Clock.NowMs;
        var oldestMs = nowMs;
        foreach (var sinceMs in _waiting.Values)
        {
            oldestMs = Math.Min(oldestMs, sinceMs);
        }

        return new GroupPicture(
            _view.Members, [.. _leaving], _totals, _closed, _waiting.Count, TimeSpan.FromMilliseconds(nowMs - oldestMs), _lookupError, nowMs);
    }
}
