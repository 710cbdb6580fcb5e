using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using ActorPool.Actors;
using ActorPool.Endpoints;
using ActorPool.TestKit;

namespace ActorPool.Tests;

/// <summary>
/// A small pool on virtual time to which anything may happen, one action after the other: the same seed and actions live the
/// same life. What it must keep to is in <see cref="Check"/> and <see cref="End"/>.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A scope that is not disposed holds nothing but memory.")]
sealed partial class PoolLife
{
    /// <summary>How many numbers <see cref="Do(int)"/> tells apart.</summary>
    public const int Choices = 256;

    /// <summary>More than this at one moment is a pool that turns in circles.</summary>
    const int StepsMax = 20_000;

    static readonly int Actions = Enum.GetValues<PoolAction>().Length;

    readonly SeededRandom _random;
    readonly VirtualRuntime _world;
    readonly ScriptedConnector<ScriptedConnection> _connector;
    readonly ConnectionPool<ScriptedConnection> _pool;
    PoolOptions _options;
    readonly ConnectionBudget? _budget;
    readonly bool _isHarsh;
    readonly List<Call> _calls = [];
    readonly List<Lease<ScriptedConnection>> _leases = [];
    readonly List<Lease<ScriptedConnection>> _ended = [];
    readonly List<Task> _commands = [];
    LeaseScope _scope = new("scope");
    int _credentials;
    int _maxSizeEver;
    int _leasesMax;
    bool _hasPaused;
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
        _budget = _random.Next(3) == 0 ? new ConnectionBudget(1 + _random.Next(3), _world.Runtime) : null;
        _options = NewOptions();
        _maxSizeEver = _options.MaxSize;
        _world.Runtime.System.Events.Subscribe(happened =>
        {
            if (happened is ActorFailed failed)
            {
                Failures.Add(failed);
            }
        });
        _pool = ConnectionPool.Create(_connector, _options, _world.Runtime);
    }

    PoolOptions NewOptions()
    {
        var options = new PoolOptions
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
            MaxWaiters = _random.Next(4) == 0 ? _random.Next(3) : PoolOptions.Unlimited,
            QueueTarget = _random.Next(4) == 0 ? Ms(2) : Timeout.InfiniteTimeSpan,
            QueueInterval = Ms(5),
            WhenExhausted = _random.Next(2) == 0 ? WhenExhausted.Wait : (WhenExhausted)_random.Next(3),
            FillStagger = _random.Next(4) == 0 ? Ms(2) : TimeSpan.Zero,
            PruneInterval = Ms(2),
            SiblingProbation = _random.Next(2) == 0,
            LeaseTimeout = _random.Next(3) == 0 ? Ms(12) : Timeout.InfiniteTimeSpan,
            LeakWarningAfter = _random.Next(3) == 0 ? Ms(6) : Timeout.InfiniteTimeSpan,
            MaxLeasesPerConnection = _random.Next(3) == 0 ? 2 + _random.Next(2) : 1,
            PauseLimit = Ms(10),
            Budget = _budget,
            Credentials = _random.Next(2) == 0 ? CredentialProvider.Create(AskCredentials) : null,
        };
        options.MinSize = _random.Next(options.MaxSize + 1);
        _leasesMax = Math.Max(_leasesMax, options.MaxLeasesPerConnection);
        return options;
    }

    ValueTask<Credentials> AskCredentials(Endpoint? endpoint, CancellationToken cancellationToken) => ValueTask.FromResult(
        new Credentials("life", _credentials.ToString(CultureInfo.InvariantCulture), _world.Time.GetUtcNow() + Ms(15)));

    bool IsSuspended => (ActorMode)typeof(Actor)
        .GetField("Mode", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(_pool.Supervisor)! == ActorMode.Suspended;

    /// <summary>Turns that threw.</summary>
    public List<ActorFailed> Failures { get; } = [];

    /// <summary>What has been done so far, for who has to find out why.</summary>
    public List<string> Story { get; } = [];

    /// <summary>Does one thing of <see cref="Choices"/>.</summary>
    public void Do(int choice)
    {
        var (action, argument) = ((PoolAction)(choice % Actions), choice / Actions);
        Story.Add($"{action} {argument}");
        if (IsSuspended)
        {
            // Its turn has failed more than once; who asks it something now would wait for a clock that nobody moves.
            Run();
            return;
        }

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
            case PoolAction.AcquireForScope:
                Begin(token => _pool.AcquireAsync(new AcquireLease(Holder: _scope), token).AsTask());
                break;
            case PoolAction.EndScope:
                _scope.Dispose();
                _scope = new LeaseScope("next scope");
                break;
            case PoolAction.ReleaseWithoutReset:
                EndLease(argument, static lease => lease.ReturnWithoutReset());
                break;
            case PoolAction.Attach:
                Attach(argument);
                break;
            case PoolAction.Pause:
                // Who waited for its end looks at the connection first, and may have to come again, while the next is served.
                _hasPaused = true;
                Command(new PausePool());
                break;
            case PoolAction.Resume:
                Command(new ResumePool());
                break;
            case PoolAction.Resize:
                Resize(argument);
                break;
            case PoolAction.Evict:
                Command(new EvictConnections((EvictMode)(argument % 2), argument % 4 == 3 ? Ms(5) : null));
                break;
            case PoolAction.Reconfigure:
                _options = NewOptions();
                _maxSizeEver = Math.Max(_maxSizeEver, _options.MaxSize);
                Command(new ReconfigurePool(_options));
                break;
            case PoolAction.WarmUp:
                Command(new WarmUpPool(argument % 5));
                break;
            case PoolAction.TryNow:
                Command(new OpenNow());
                break;
            case PoolAction.RotateCredentials:
                _credentials++;
                Command(new RenewCredentials());
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
        if (!lease.IsActive)
        {
            return;
        }

        try
        {
            Assert.True(_detached.Add(lease.Detach()), "a connection was detached twice");
        }
        catch (InvalidOperationException) when (_leasesMax > 1)
        {
            // Others share it.
            lease.Dispose();
        }
        catch (LeaseRevokedException)
        {
            // Its scope has just ended.
        }
    }

    void Attach(int argument)
    {
        if (Pick([.. _detached], argument) is { } connection && _pool.TryAttach(connection))
        {
            _detached.Remove(connection);
        }
    }

    void Resize(int argument)
    {
        var maxSize = 1 + (argument % 3);
        _options.MaxSize = maxSize;
        _options.MinSize = argument % (maxSize + 1);
        _maxSizeEver = Math.Max(_maxSizeEver, maxSize);
        Command(new ResizePool(_options.MinSize, maxSize));
    }

    void Command(PoolCommand command) => _commands.Add(_pool.ExecuteAsync(command));

    void Drain(int argument)
    {
        // Rare, or else lives are short.
        if (argument < 8 && !_isHarsh)
        {
            return;
        }

        var request = new CommandRequest(new DrainPool(Ms(argument % 3)), _world.Dispatcher);
        if (_isHarsh && argument % 2 == 0)
        {
            _pool.Supervisor.Post(EndpointMessage.Command(EndpointRequest.Execute, request));
        }
        else if (argument > 6)
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

    /// <summary>As <see cref="VirtualRuntime.Run()"/>, but only until a turn has failed: some failures repeat for ever.</summary>
    void Run()
    {
        for (var steps = 0; Failures.Count == 0 && _world.Dispatcher.RunOne(); steps++)
        {
            CheckRest(steps);
        }
    }

    void CheckRest(int steps)
    {
        if (steps > StepsMax)
        {
            Assert.Fail($"the pool never comes to rest: {_pool.Snapshot()}");
        }
    }

    void Advance(TimeSpan time)
    {
        var target = _world.Time.Elapsed + time;
        Run();
        for (var steps = 0; Failures.Count == 0 && _world.Time.NextTimerIn is { } next && _world.Time.Elapsed + next <= target; steps++)
        {
            CheckRest(steps);
            _world.Time.Advance(next);
            Run();
        }

        _world.Time.Advance(target - _world.Time.Elapsed);
        Run();
    }

    static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    sealed record Call(Task<Lease<ScriptedConnection>> Answer, CancellationTokenSource Cancellation);
}
