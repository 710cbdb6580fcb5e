using ActorPool.Simulation.Network;

namespace ActorPool.Simulation;

/// <summary>
/// One schedule, from beginning to end: anything happens for a while; then the weather clears, and everybody must be served;
/// then the pools are closed, and nothing may be left.
/// </summary>
sealed class Trial
{
    /// <summary>So many things happen while anything may; with the end of a schedule they are two hundred and more.</summary>
    const int StepsMin = 200;

    /// <summary>More than this is a pool that never comes to rest.</summary>
    const int SettlingMax = 20_000;

    /// <summary>The steps of the end have numbers of their own, whatever comes before.</summary>
    const int SettlingFrom = 1_000_000;

    /// <summary>A healthy server is served from again after so long at the latest: a budget asks its pools once a second.</summary>
    const int RecoveryMaxMs = 2_500;

    /// <summary>… and after so many attempts, however far the clock has to be moved between them.</summary>
    const int AttemptsMin = 40;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    readonly Schedule _schedule;
    readonly World _world;
    readonly Scheduler _scheduler;
    int _settling;

    public Trial(Schedule schedule, Trace? trace = null)
    {
        _schedule = schedule;
        _world = new World(schedule, trace);
        _scheduler = new Scheduler(_world);
    }

    /// <summary>How many steps the pools have lived through.</summary>
    public int Steps => _scheduler.Taken + _settling;

    /// <summary>The number of the last step that anything could happen in.</summary>
    public int LastStep { get; private set; }

    /// <summary>Lives it. Null if every promise was kept.</summary>
    public Violation? Run()
    {
        // A test framework's context would send what awaits go on with to other threads.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return RunHere();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    Violation? RunHere()
    {
#pragma warning disable CA1031 // whatever is thrown was thrown at somebody who cannot do anything about it
        try
        {
            foreach (var part in (Action[])[Weather, Clear, Recover, RecoverGroup, Close])
            {
                if (_world.Violation is null)
                {
                    part();
                }
            }
        }
        catch (Exception error)
        {
            _world.Report("NothingThrows", $"{error.GetType().Name}: {error.Message}");
            _world.Trace?.Add(error.ToString());
        }
#pragma warning restore CA1031

        if (_world is { Violation: not null, Trace: { } trace })
        {
            Show(trace);
        }

        return _world.Violation;
    }

    /// <summary>How it ended.</summary>
    void Show(Trace trace)
    {
        foreach (var pool in _world.Pools)
        {
            trace.Add($"{pool.Name} at the end: {(_world.MayWaitFor(pool.Supervisor) ? pool.Pool.Snapshot() : "in the middle of a turn")}, minimum {pool.Supervisor.Settings.MinSize}");
            foreach (var slot in Peek.Slots(pool.Supervisor).All)
            {
                trace.Add($"  slot {slot.Index}, connection {slot.ConnectionId}: {slot.State} since {slot.StateSinceMs} ms{(slot.IsStale ? ", stale" : "")}{(slot.IsTransient ? ", transient" : "")}");
            }
        }

        _world.Group?.Show(trace);
        if (_world.Budget is { } budget && _world.MayWaitFor(Peek.Actor(budget)))
        {
            trace.Add($"{budget.Snapshot()}: {string.Join(", ", budget.Snapshot().Members)}");
        }
    }

    void Weather()
    {
        if (_schedule.Steps is { } steps)
        {
            foreach (var step in steps)
            {
                TakeStep(step);
            }

            return;
        }

        for (var step = 1; _scheduler.Taken < StepsMin && _world.Violation is null; step++)
        {
            TakeStep(step);
        }
    }

    void TakeStep(int step)
    {
        if (_world.Violation is not null)
        {
            return;
        }

        LastStep = step;
        _world.Choices.Begin(step);
        _world.Trace?.Begin(step, "");
        _scheduler.TakeOne();
        LookAtRest();
    }

    /// <summary>The servers are well again, and what hangs goes on; those who wait are served or have waited too long.</summary>
    void Clear()
    {
        _world.Trace?.Add("the weather clears");
        _world.HasCleared = true;
        _world.Network.Weather = Network.Weather.Calm;
        foreach (var server in _world.Network.Servers)
        {
            server.Condition = Condition.Up;
        }

        foreach (var operation in _world.Network.Pending)
        {
            operation.Fate = Fate.Normal;
        }

        foreach (var pool in _world.Pools)
        {
            pool.Tell(new ResumePool());

            // A minimum is a pool's own even where others need it more: then nothing can be promised to those.
            pool.Tell(new ResizePool(0, pool.Supervisor.Settings.MaxSize));
        }

        _world.Group?.Clear();
        Settle(() => _world.Pools.TrueForAll(static pool => pool.Calls.Count == 0) && _world.Group is not { Calls.Count: > 0 }, "somebody still waits");
    }

    /// <summary>A pool whose server is well serves.</summary>
    void Recover()
    {
        foreach (var pool in _world.Pools)
        {
            if (_world.Violation is not null || pool.HasDrained || pool.Supervisor.Settings is { MaxWaiters: 0, IdleTimeoutMs: 0 })
            {
                // A pool that keeps nothing and lets nobody wait serves nobody.
                continue;
            }

            Settle(() => _world.Dispatcher.Count == 0 && _world.Network.Pending.Count == 0, "work goes on at a healthy server");
            OpenForTwo(pool);
            _world.Trace?.Add($"{pool.Name} must serve");
            var served = 0;
            var untilMs = _world.NowMs + RecoveryMaxMs;
            for (var attempt = 0; served == 0 && (attempt < AttemptsMin || _world.NowMs < untilMs) && _world.Violation is null; attempt++)
            {
                var asked = pool.Pool.Ref.Ask(new AcquireLease(Patience));
                var isAnswered = asked.IsCompleted;
                if (!isAnswered)
                {
                    asked.GetAwaiter().UnsafeOnCompleted(() => isAnswered = true);
                }

                Settle(() => isAnswered, "an acquire at a healthy server was never answered");
                if (isAnswered && asked.GetAwaiter().GetResult() is { IsSuccess: true } reply)
                {
                    served++;
                    reply.Lease.Dispose();
                }
                else
                {
                    WaitToAskAgain(attempt);
                }
            }

            if (served == 0)
            {
                _world.Report("Progress", $"{pool.Name} does not serve although its server is well");
            }
        }
    }

    /// <summary>Two who come to a quiet pool without connections have two opened, and no more.</summary>
    void OpenForTwo(PoolSubject pool)
    {
        var before = Peek.LastConnectionId(pool.Supervisor);
        var isQuiet = Peek.Slots(pool.Supervisor).InUse == 0 && !pool.HasCommands && _world.Budget is null
            && Peek.Health(pool.Supervisor).State == PoolHealth.Healthy;
        if (_world.Violation is not null || !isQuiet)
        {
            return;
        }

        for (var caller = 0; caller < 2; caller++)
        {
            var call = new Callers.Call(++_world.Calls, _world.NowMs, (long)Patience.TotalMilliseconds, scope: null);
            pool.Calls.Add(call);
            call.Await(pool.Pool.Ref.Ask(new AcquireLease(Patience)), _world.Calls);
        }

        if (Peek.LastConnectionId(pool.Supervisor) - before > 2)
        {
            _world.Report("Progress", $"{pool.Name} opens {Peek.LastConnectionId(pool.Supervisor) - before} connections for two callers");
        }

        Settle(() => pool.Calls.Count == 0, "two callers at a healthy server were never answered");
    }

    /// <summary>A group with members that are well serves. How soon it knows again which of them has which role is not promised.</summary>
    void RecoverGroup()
    {
        if (_world.Group is not { HasDrained: false, MayRefuseAll: false } group)
        {
            return;
        }

        _world.Trace?.Add("the group must serve");
        var served = 0;
        var untilMs = _world.NowMs + RecoveryMaxMs;
        for (var attempt = 0; served == 0 && (attempt < AttemptsMin || _world.NowMs < untilMs) && _world.Violation is null; attempt++)
        {
            var call = group.Acquire(new ReplicaRequest(Role: TargetRole.Any, Timeout: Patience));
            Settle(() => !group.Calls.Contains(call) && !group.HasLeases, "an acquire at a group of healthy servers was never answered");
            if (call.WasServed)
            {
                served++;
                continue;
            }

            WaitToAskAgain(attempt);
        }

        if (served == 0)
        {
            _world.Report("Progress", "the group does not serve although its servers are well");
        }
    }

    /// <summary>
    /// Refused: it may be unavailable, and will be tried again; or nobody may wait there, and what was opened for him serves
    /// whoever comes before it has been idle for too long. So every other time he comes again at once.
    /// </summary>
    void WaitToAskAgain(int attempt)
    {
        if (attempt % 2 == 1 && !PassTime())
        {
            _world.Time.Advance(Pause);
        }

        Settle(() => _world.Dispatcher.Count == 0 && _world.Network.Pending.Count == 0, "work goes on at a healthy server");
    }

    void Close()
    {
        _world.Trace?.Add("the pools are closed");
        _world.Group?.Drain(TimeSpan.Zero);
        foreach (var pool in _world.Pools)
        {
            pool.HasDrained = true;
            pool.Tell(new DrainPool(TimeSpan.Zero));
        }

        Settle(() => _world.Pools.TrueForAll(static pool => !pool.HasCommands) && _world.Group is not { HasCommands: true }, "a drain has not ended");
        Settle(() => _world.Dispatcher.Count == 0 && _world.Network.Pending.Count == 0 && _world.Group is not { IsAtWork: true }, "work goes on after the end");
        foreach (var pool in _world.Pools)
        {
            pool.AtEnd();
        }

        _world.Group?.AtEnd();
    }

    /// <summary>Everything goes on, holders return what they have, and time passes when nothing else is left, until it is true.</summary>
    void Settle(Func<bool> isTrue, string otherwise)
    {
        for (var steps = 0; _world.Violation is null; steps++)
        {
            var isQuiet = !SettleOne();
            LookAtRest();
            if (isTrue())
            {
                return;
            }

            if (isQuiet && !PassTime() || steps > SettlingMax)
            {
                _world.Report("Progress", $"{otherwise}, and {(steps > SettlingMax ? "there is no end of it" : "nothing happens any more")}");
            }
        }
    }

    bool PassTime()
    {
        if (_world.Time.NextTimerIn is not { } next)
        {
            return false;
        }

        _world.Trace?.Begin(_settling, $"time passes: {next.TotalMilliseconds} ms");
        _world.Time.Advance(next);
        return true;
    }

    bool SettleOne()
    {
        _world.Choices.Begin(SettlingFrom + _settling);
        if (!_scheduler.TryGoOn())
        {
            return false;
        }

        _settling++;
        return true;
    }

    void LookAtRest()
    {
        if (_world.Dispatcher.Count == 0 && _world.Violation is null && _world.Time.NextTimerIn is not { Ticks: 0 })
        {
            foreach (var pool in _world.Pools)
            {
                pool.AtRest();
            }

            _world.Group?.AtRest();
        }
    }
}
