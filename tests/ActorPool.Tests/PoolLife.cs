using ActorPool.Actors;
using ActorPool.Endpoints;
using ActorPool.TestKit;

namespace ActorPool.Tests;

/// <summary>What can happen to a pool in a <see cref="PoolLife"/>.</summary>
enum PoolAction
{
    Acquire = 0,
    AcquireWithLittlePatience,
    Try,
    Ask,
    Cancel,
    Release,
    ReleaseAgain,
    MarkFaulty,
    Detach,
    Kill,
    Condemn,
    PlanOpen,
    PlanCheck,
    Run,
    Advance,
    Drain,
}

/// <summary>
/// A small pool on virtual time to which anything may happen, one action after the other: the same seed and actions live the
/// same life. What it must keep to is in <see cref="Check"/> and <see cref="End"/>.
/// </summary>
sealed class PoolLife
{
    /// <summary>How many numbers <see cref="Do(int)"/> tells apart.</summary>
    public const int Choices = 256;

    static readonly int Actions = Enum.GetValues<PoolAction>().Length;

    readonly SeededRandom _random;
    readonly VirtualRuntime _world;
    readonly ScriptedConnector<ScriptedConnection> _connector;
    readonly ConnectionPool<ScriptedConnection> _pool;
    readonly PoolOptions _options;
    readonly bool _isHarsh;
    readonly List<Call> _calls = [];
    readonly List<Lease<ScriptedConnection>> _leases = [];
    readonly List<Lease<ScriptedConnection>> _ended = [];
    readonly HashSet<ScriptedConnection> _detached = new(ReferenceEqualityComparer.Instance);

    /// <param name="seed">Of the options, and of whatever the pool leaves to chance.</param>
    /// <param name="isHarsh">
    /// Whether connector calls may ignore that they are cancelled, and drains arrive while other messages are under way: then
    /// the pool gives up on connections, which it may.
    /// </param>
    public PoolLife(ulong seed, bool isHarsh = false)
    {
        _isHarsh = isHarsh;
        _random = new SeededRandom(seed);
        _world = new VirtualRuntime(_random.NextUInt64());
        _connector = ScriptedConnection.Connector((ConnectorSteps)_random.Next((int)ConnectorSteps.All + 1));
        _options = new PoolOptions
        {
            Name = "life",
            MaxSize = 1 + _random.Next(3),
            MaxConcurrentConnects = 1 + _random.Next(3),
            AcquireTimeout = Ms(20),
            ConnectTimeout = Ms(5),
            UnavailableAfter = Ms(_random.Next(40)),
            ReconnectBackoff = { Initial = Ms(1), Max = Ms(8) },
            IdleTimeout = _random.Next(3) == 0 ? TimeSpan.Zero : Ms(10),
            MaxLifetime = _random.Next(4) == 0 ? Timeout.InfiniteTimeSpan : Ms(40),
            KeepaliveInterval = Ms(4),
            KeepaliveTimeout = Ms(3),
            ValidateAfterIdle = Ms(2),
            ResetTimeout = Ms(3),
            CloseTimeout = Ms(50),
            Order = (IdleOrder)_random.Next(2),
        };
        _options.MinSize = _random.Next(_options.MaxSize + 1);
        _world.Runtime.System.Events.Subscribe(happened =>
        {
            if (happened is ActorFailed failed)
            {
                Failures.Add(failed);
            }
        });
        _pool = ConnectionPool.Create(_connector, _options, _world.Runtime);
    }

    /// <summary>Turns that threw.</summary>
    public List<ActorFailed> Failures { get; } = [];

    /// <summary>What has been done so far, for who has to find out why.</summary>
    public List<string> Story { get; } = [];

    /// <summary>Does one thing of <see cref="Choices"/>.</summary>
    public void Do(int choice)
    {
        var (action, argument) = ((PoolAction)(choice % Actions), choice / Actions);
        Story.Add($"{action} {argument}");
        Do(action, argument);
        Collect();
    }

    void Do(PoolAction action, int argument)
    {
        switch (action)
        {
            case PoolAction.Acquire:
                Begin(token => _pool.AcquireAsync(token).AsTask());
                break;
            case PoolAction.AcquireWithLittlePatience:
                Begin(token => _pool.AcquireAsync(Ms(argument), token).AsTask());
                break;
            case PoolAction.Try:
                if (_pool.TryAcquire(out var tried))
                {
                    Hold(tried);
                }

                break;
            case PoolAction.Ask:
                Begin(token => AskAsync(argument, token));
                break;
            case PoolAction.Cancel:
                Pick(_calls, argument)?.Cancellation.Cancel();
                break;
            case PoolAction.Release:
                EndLease(argument, static lease => lease.Dispose());
                break;
            case PoolAction.ReleaseAgain:
                if (_ended.Count > 0)
                {
                    _ended[argument % _ended.Count].Dispose();
                }

                break;
            case PoolAction.MarkFaulty:
                if (_leases.Count > 0)
                {
                    _leases[argument % _leases.Count].MarkFaulty(new IOException("found faulty"));
                }

                break;
            case PoolAction.Detach:
                EndLease(argument, Detach);
                break;
            case PoolAction.Kill:
                if (Pick(_connector.Open, argument) is { } victim)
                {
                    _connector.Kill(victim);
                }

                break;
            case PoolAction.Condemn:
                if (Pick(_connector.Open, argument) is { } condemned)
                {
                    _connector.Condemn(condemned, new IOException("condemned itself"));
                }

                break;
            case PoolAction.PlanOpen:
                _connector.Opens.Next(Plan(argument));
                break;
            case PoolAction.PlanCheck:
                _connector.Probes.Next(Plan(argument));
                _connector.Resets.Next(Plan(argument));
                _connector.Closes.Next(StepPlan.After(Ms(argument % 4)));
                break;
            case PoolAction.Run:
                Run();
                break;
            case PoolAction.Advance:
                Advance(Ms(argument));
                break;
            default:
                Drain(argument);
                break;
        }
    }

    /// <summary>What must hold whenever nothing is left to run at this moment of time.</summary>
    public void Check()
    {
        Run();
        Collect();
        Assert.Empty(Failures);
        Assert.Empty(_connector.Violations);
        var now = _pool.Snapshot();
        Assert.True(now.Size <= now.MaxSize, $"{now}");
        if (!_isHarsh)
        {
            var size = _connector.Open.Count(connection => !_detached.Contains(connection)) + _connector.Opening;
            Assert.True(size <= now.MaxSize, $"{size} connections: {now}");
        }

        Assert.True(_calls.Count == now.Waiting, $"{_calls.Count} callers wait: {now}");
        Assert.False(now is { Waiting: > 0, Idle: > 0 }, $"{now}");
        Assert.False(now is { Waiting: > 0, IsClosed: true } or { Waiting: > 0, Health: PoolHealth.Unavailable }, $"{now}");
        if (!now.IsClosed && now.NextAttemptIn is not { Ticks: > 0 })
        {
            // Whoever waits, and what is missing to the minimum, is being worked on, as far as the limits allow.
            var present = now.Size - now.Opening - now.Closing;

            // What replaces a connection that is closing to keep the minimum may wait until it has closed.
            var wanted = now.Closing > 0 ? now.Waiting : Math.Max(now.Waiting, now.MinSize - present);
            var limit = now.Health == PoolHealth.Healthy ? _options.MaxConcurrentConnects : 1;
            var room = now.Opening + now.MaxSize - now.Size;
            Assert.True(now.Opening >= Math.Min(wanted, Math.Min(limit, room)), $"nothing is done for who waits: {now}");
        }
    }

    /// <summary>Closes the pool: everybody is answered, and every connection has been closed once or detached once.</summary>
    public void End()
    {
        while (_leases.Count > 0)
        {
            EndLease(0, static lease => lease.Dispose());
        }

        var drained = _pool.DrainAsync(TimeSpan.Zero);
        Advance(TimeSpan.FromSeconds(1));
        _connector.ReleaseHung();
        Advance(TimeSpan.FromSeconds(1));
        Collect();
        Check();
        Assert.True(drained.IsCompletedSuccessfully, $"{_pool.Snapshot()}");
        Assert.Empty(_calls);
        Assert.Equal(0, _pool.Snapshot().Size);
        Assert.All(_connector.Open, connection => Assert.Contains(connection, _detached));
        Assert.Equal(_connector.OpenedCount, _connector.Closed.Count + _detached.Count);
        Assert.Equal(_connector.Closed.Count, _connector.Closed.Select(closed => closed.Connection).Distinct().Count());
        if (!_isHarsh)
        {
            // The pool does not count what opened after it had given up on it.
            Assert.Equal(_connector.Closed.Count, _pool.Snapshot().Closed.Values.Sum());
        }

        Assert.Null(_world.Time.NextTimerIn);
    }

    void Begin(Func<CancellationToken, Task<Lease<ScriptedConnection>>> acquire)
    {
        var cancellation = new CancellationTokenSource();
        _calls.Add(new Call(acquire(cancellation.Token), cancellation));
    }

    async Task<Lease<ScriptedConnection>> AskAsync(object holder, CancellationToken cancellationToken)
    {
        // Continues on the one thread there is, not where the test framework would have it.
        var reply = await _pool.Ref.Ask(new AcquireLease(Holder: holder), cancellationToken).ConfigureAwait(false);
        return reply.IsSuccess ? reply.Lease : throw reply.Failure;
    }

    /// <summary>Takes note of who was answered: nobody before those who had come earlier and got nothing yet.</summary>
    void Collect()
    {
        Call? earlier = null;
        foreach (var call in _calls.ToArray())
        {
            if (!call.Answer.IsCompleted)
            {
                earlier ??= call;
                continue;
            }

            _calls.Remove(call);
            call.Cancellation.Dispose();
            if (call.Answer.IsCompletedSuccessfully)
            {
                Hold(call.Answer.Result);
                if (earlier is not null)
                {
                    // Whoever was answered may not know it yet.
                    Run();
                    Assert.True(earlier.Answer.IsCompleted || Failures.Count > 0, "a caller was served before one who had come earlier");
                    Collect();
                    return;
                }
            }
            else if (call.Answer.Exception?.InnerException is { } error && error is not (PoolException or OperationCanceledException))
            {
                Assert.Fail($"{error}");
            }
        }
    }

    void Hold(Lease<ScriptedConnection> lease)
    {
        if (!lease.IsActive)
        {
            // Cut by a drain before it was looked at.
            return;
        }

        Assert.DoesNotContain(_leases, other => other.IsActive && other.Connection == lease.Connection);
        Assert.DoesNotContain(lease.Connection, _detached);
        Assert.Contains(lease.Connection, _connector.Open);
        _leases.Add(lease);
    }

    void EndLease(int argument, Action<Lease<ScriptedConnection>> how)
    {
        if (_leases.Count > 0)
        {
            var lease = _leases[argument % _leases.Count];
            _leases.Remove(lease);
            _ended.Add(lease);
            how(lease);
            Assert.False(lease.IsActive);
        }
    }

    void Detach(Lease<ScriptedConnection> lease)
    {
        if (lease.IsActive)
        {
            Assert.True(_detached.Add(lease.Detach()), "a connection was detached twice");
        }
    }

    void Drain(int argument)
    {
        // Rare, or else lives are short.
        if (argument < 14 && !_isHarsh)
        {
            return;
        }

        var request = new CommandRequest(new DrainPool(Ms(argument % 3)));
        if (_isHarsh && argument % 2 == 0)
        {
            _pool.Supervisor.Post(EndpointMessage.Command(EndpointRequest.Execute, request));
        }
        else if (argument > 10)
        {
            _pool.Supervisor.Tell(EndpointMessage.Command(EndpointRequest.Execute, request));
        }
    }

    StepPlan Plan(int argument) => (argument % 8) switch
    {
        0 => StepPlan.Fail(new IOException("refused")),
        1 => new StepPlan { Delay = Ms(2), Error = new IOException("reset") },
        2 => StepPlan.Hang,
        3 => _isHarsh ? StepPlan.HangDeaf : StepPlan.Hang,
        4 => _isHarsh ? new StepPlan { Delay = Ms(8), IsDeaf = true } : StepPlan.After(Ms(4)),
        5 => _isHarsh ? new StepPlan { Delay = Ms(8), IsDeaf = true, Error = new IOException("too late") } : StepPlan.After(Ms(1)),
        6 => StepPlan.After(Ms(3)),
        _ => StepPlan.Succeed,
    };

    static TItem? Pick<TItem>(IReadOnlyList<TItem> items, int argument)
        where TItem : class => items.Count == 0 ? null : items[argument % items.Count];

    /// <summary>As <see cref="VirtualRuntime.Run"/>, but only until a turn has failed: some failures repeat for ever.</summary>
    void Run()
    {
        while (Failures.Count == 0 && _world.Dispatcher.RunOne())
        {
        }
    }

    void Advance(TimeSpan time)
    {
        var target = _world.Time.Elapsed + time;
        Run();
        while (Failures.Count == 0 && _world.Time.NextTimerIn is { } next && _world.Time.Elapsed + next <= target)
        {
            _world.Time.Advance(next);
            Run();
        }

        _world.Time.Advance(target - _world.Time.Elapsed);
        Run();
    }

    static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    sealed record Call(Task<Lease<ScriptedConnection>> Answer, CancellationTokenSource Cancellation);
}
