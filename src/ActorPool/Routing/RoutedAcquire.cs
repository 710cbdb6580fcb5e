using System.Diagnostics;
using ActorPool.Actors;
using ActorPool.Options;
using ActorPool.Telemetry;

namespace ActorPool.Routing;

/// <summary>
/// An acquire at a group that has to wait, as an actor: it waits at one member, goes on to the next when that one fails, asks
/// another as well when that one begins to fail or takes long, and takes what comes first. Whatever comes second is cancelled,
/// and returned if it was granted all the same.
/// </summary>
sealed class RoutedAcquire<TConnection> : Actor<RouteMessage>
    where TConnection : class
{
    readonly ReplicaSupervisor _group;
    readonly ReplicaFactory<TConnection> _factory;
    readonly MemberChoice _choice;
    readonly ReplicaRequest _request;
    readonly TargetRole _role;
    readonly long _timeoutMs;
    readonly long _sinceMs;

    // Whom we wait for, and whom we have asked since the last time that anything changed.
    readonly List<RouteAttempt<TConnection>> _waitingFor = [];
    readonly List<ReplicaMember> _asked = [];
    readonly List<(ReplicaMember Member, Exception Error)> _failures = [];

    // Whose spans those of the members are children of, whoever asks them; null if nobody listens.
    readonly Activity? _caller = Spans.AreWanted ? Activity.Current : null;
    CancellationTokenRegistration _registration;
    Exception? _defect;
    bool _done;

    public RoutedAcquire(
        ActorSystem system,
        ReplicaSupervisor group,
        ReplicaFactory<TConnection> factory,
        MemberChoice choice,
        in ReplicaRequest request,
        long timeoutMs,
        RoutePromise<TConnection> promise)
        : base(system)
    {
        _group = group;
        _factory = factory;
        _choice = choice;
        _request = request;
        _role = request.Role ?? factory.Settings.Role;
        _timeoutMs = timeoutMs;
        _sinceMs = system.Clock.NowMs;
        Promise = promise;
    }

    enum Timer
    {
        Expires,
        Hedge,
    }

    /// <summary>What the caller awaits.</summary>
    public RoutePromise<TConnection> Promise { get; }

    /// <summary>On the caller's thread: begins at a member, or, if nobody is to be had, to wait for one.</summary>
    public void Begin(ReplicaMember? member, CancellationToken cancellationToken)
    {
        var message = RouteMessage.Begin(member);
        TakeTurn(ref message);
        (message.Attempt as RouteAttempt<TConnection>)?.Execute();
        if (cancellationToken.CanBeCanceled)
        {
            var registration = cancellationToken.UnsafeRegister(
                static route => ((RoutedAcquire<TConnection>)route!).Post(RouteMessage.Command(RouteRequest.Cancelled)), this);
            _registration = registration;

            // Either we see that it is done, or its end sees the registration.
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _done))
            {
                registration.Unregister();
            }
        }
    }

    public override string ToString() => $"acquire at replica group '{_factory.Settings.Name}'";

    protected override void Receive(ref RouteMessage message)
    {
        switch (message.Request)
        {
            case RouteRequest.Begin:
                Begin(ref message);
                break;
            case RouteRequest.AttemptEnded:
                AttemptEnded((RouteAttempt<TConnection>)message.Attempt!);
                break;
            case RouteRequest.Look when !_done:
                LookAgain();
                break;
            case RouteRequest.HedgeDue when !_done:
                Hedge();
                break;
            case RouteRequest.Expired when !_done:
                End(RouteOutcome.TimedOut);
                break;
            case RouteRequest.Cancelled when !_done:
                End(RouteOutcome.Cancelled);
                break;
            default:
                Invariant.Check(_done, $"an acquire was sent {message.Request}");
                break;
        }
    }

    protected override void Failing(ref RouteMessage message, Exception error)
    {
        if (!_done)
        {
            _defect = error;
            End(RouteOutcome.Broken);
        }
    }

    void Begin(ref RouteMessage message)
    {
        Send(_group, GroupMessage.WaitBegan(this, _sinceMs));
        if (_timeoutMs < PoolSettings.Never)
        {
            StartTimer((int)Timer.Expires, _timeoutMs, RouteMessage.Command(RouteRequest.Expired));
        }

        ExpectHedge();
        if (message.Member is { } first)
        {
            message.Attempt = Ask(first);
            if (!first.IsWell)
            {
                AskAnother(withRoom: false, usable: true);
            }
        }
        else
        {
            FindSomebody();
        }
    }

    void AttemptEnded(RouteAttempt<TConnection> attempt)
    {
        _waitingFor.Remove(attempt);
        if (!attempt.Reply.IsSuccess)
        {
            if (!_done)
            {
                Failed(attempt.Member, attempt.Reply.Failure);
            }
        }
        else if (_done || !_choice.MayServe(attempt.Member.Role, _role))
        {
            _factory.NoteInnerLease();
            Start(attempt.Return());
            if (!_done)
            {
                FindSomebody();
            }
        }
        else
        {
            Promise.Lease = attempt.Reply.Lease;
            End(attempt.WasAtOnce && _asked.Count == 1 ? RouteOutcome.ServedAtOnce : RouteOutcome.Served);
        }
    }

    void Failed(ReplicaMember member, Exception error)
    {
        if (_group.IsClosed)
        {
            End(RouteOutcome.Closed);
            return;
        }

        _failures.RemoveAll(failure => failure.Member == member);
        if (error is LeaseRevokedException)
        {
            // Served, and bereft of the lease before we heard of it: that is no refusal.
            _asked.Remove(member);
            FindSomebody();
            return;
        }

        _failures.Add((member, error));
        if (error is OperationCanceledException)
        {
            // Not by us: whoever it is for has ended.
            End(RouteOutcome.Cancelled);
            return;
        }

        FindSomebody();
    }

    /// <summary>Nobody in particular is waited for, or one less: asks those who can serve, and, if none of them is left, the others.</summary>
    void FindSomebody()
    {
        if (_waitingFor.Exists(static attempt => attempt.Member.IsWell) || AskAnother(withRoom: false, usable: true))
        {
            return;
        }

        if (_waitingFor.Count > 0 || AskAnother(withRoom: false, usable: false))
        {
            return;
        }

        // Everybody was asked. If somebody may yet come who serves, there is something to wait for.
        if (IsClosedOrHopeless(out var outcome))
        {
            End(outcome);
        }
        else
        {
            Send(_group, GroupMessage.Command(GroupRequest.AskRoles));
        }
    }

    /// <summary>Hopeless is who was refused by all who might serve; without any such, one may turn up.</summary>
    bool IsClosedOrHopeless(out RouteOutcome outcome)
    {
        outcome = _group.IsClosed ? RouteOutcome.Closed : RouteOutcome.Failed;
        if (_group.IsClosed)
        {
            return true;
        }

        var isAnybodyLeft = false;
        foreach (var member in _group.View.Members)
        {
            isAnybodyLeft |= _choice.Fit(member.Role, _role) >= 0 && !member.Supervisor.IsClosedNow;
        }

        return isAnybodyLeft && _failures.Count > 0;
    }

    /// <summary>Members that have become able to serve may be asked again.</summary>
    void LookAgain()
    {
        if (_group.IsClosed)
        {
            End(RouteOutcome.Closed);
            return;
        }

        _asked.RemoveAll(member => member.IsUsable && !_waitingFor.Exists(attempt => attempt.Member == member));
        FindSomebody();
    }

    /// <summary>
    /// It takes a while: another may be quicker, best of all one with room; in the line of a full one it does not stand behind
    /// those who come later. An order of preference is kept, unless the preferred one cannot connect.
    /// </summary>
    void Hedge()
    {
        if (_choice.Spills || !_waitingFor.Exists(static attempt => attempt.Member.Supervisor.IsFullNow))
        {
            _ = AskAnother(withRoom: true, usable: true) || AskAnother(withRoom: false, usable: true);
        }

        if (_waitingFor.Count == 0)
        {
            LookAgain();
        }

        if (!_done)
        {
            ExpectHedge();
        }
    }

    bool AskAnother(bool withRoom, bool usable)
    {
        if (_choice.Choose(_group.View, _role, _request.Key, _asked, withRoom, usable) is not { } member)
        {
            return false;
        }

        Start(Ask(member));
        return true;
    }

    RouteAttempt<TConnection> Ask(ReplicaMember member)
    {
        var attempt = new RouteAttempt<TConnection>(this, (ReplicaMember<TConnection>)member, _request.Holder, _caller);
        _asked.Add(member);
        _waitingFor.Add(attempt);
        return attempt;
    }

    void ExpectHedge()
    {
        if (_factory.Settings.HedgeDelayMs < PoolSettings.Never)
        {
            StartTimer((int)Timer.Hedge, _factory.Settings.HedgeDelayMs, RouteMessage.Command(RouteRequest.HedgeDue));
        }
    }

    void End(RouteOutcome outcome)
    {
        Volatile.Write(ref _done, true);
        Interlocked.MemoryBarrier();
        _registration.Unregister();
        CancelTimers();
        Send(_group, GroupMessage.WaitEnded(this, outcome));
        foreach (var attempt in _waitingFor)
        {
            Start(attempt.Cancellation());
        }

        if (outcome > RouteOutcome.ServedAtOnce)
        {
            Promise.Failure = new RouteFailure(outcome, System.Clock.NowMs - _sinceMs, _role, [.. _failures], _defect);
        }

        Cause(Promise);
    }
}
