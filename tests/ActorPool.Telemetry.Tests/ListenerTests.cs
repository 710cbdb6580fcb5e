using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using ActorPool.TestKit;

namespace ActorPool.Telemetry.Tests;

/// <summary>Listeners as .NET has them: what they cost, what they see of pools that come and go, and what they cannot break.</summary>
public sealed class ListenerTests : IDisposable
{
    readonly MeterFactory _factory = new();
    readonly VirtualRuntime _world;

    public ListenerTests() => _world = new VirtualRuntime(meterFactory: _factory);

    public void Dispose() => _factory.Dispose();

    [Fact]
    public void Nobody_listens_and_a_lease_allocates_nothing_and_takes_no_time_for_telemetry()
    {
        var clock = new CountingTime();
        var pool = Warm(new PoolRuntime { TimeProvider = clock, Dispatcher = _world.Dispatcher, MeterFactory = _factory });
        Lease(pool);
        var (stamps, dates) = (clock.Stamps, clock.Dates);
        Lease(pool);
        var unwatched = clock.Stamps - stamps;
        Assert.Equal(dates, clock.Dates);
        Assert.Equal(0, BytesOfLeases(pool));

        using (Listen((_, _) => { }))
        {
            stamps = clock.Stamps;
            Lease(pool);
            Assert.Equal(unwatched + 2, clock.Stamps - stamps);
        }

        stamps = clock.Stamps;
        Lease(pool);
        Assert.Equal(unwatched, clock.Stamps - stamps);
        Assert.Equal(0, BytesOfLeases(pool));
    }

    [Fact]
    public void Measured_leases_allocate_nothing_either()
    {
        var pool = Warm(_world.Runtime);
        using var listener = Listen((_, _) => { });

        Assert.Equal(0, BytesOfLeases(pool));
    }

    [Fact]
    public void Measured_waits_allocate_nothing_either()
    {
        var pool = Warm(_world.Runtime);
        using var listener = Listen((_, _) => { });
        var lease = pool.Acquire();

        Assert.Equal(0, BytesOf(() =>
        {
            var waiting = pool.AcquireAsync();
            lease.Dispose();
            _world.Run();
            lease = waiting.GetAwaiter().GetResult();
        }));
        lease.Dispose();
    }

    [Fact]
    public void A_wait_that_ends_with_a_pause_is_measured_in_full_and_not_as_use()
    {
        var pool = Warm(_world.Runtime);
        var heard = new List<(string, double)>();
        using var listener = Listen((instrument, value) => heard.Add((instrument, value)));
        _world.Await(() => pool.PauseAsync());
        var waiting = _world.Start(() => pool.AcquireAsync());
        _world.Advance(TimeSpan.FromSeconds(3));
        _world.Await(() => pool.ResumeAsync());
        var lease = _world.Await(waiting);
        _world.Advance(TimeSpan.FromSeconds(1));
        lease.Dispose();
        _world.Run();

        Assert.Equal([("db.client.connection.wait_time", 3.0), ("db.client.connection.use_time", 1.0)], heard);
    }

    [Fact]
    public void A_lease_is_told_of_if_somebody_listened_when_it_was_acquired()
    {
        var pool = Warm(_world.Runtime);
        var heard = new List<string>();
        var before = pool.Acquire();
        Lease<ScriptedConnection> between;
        using (Listen((instrument, _) => heard.Add(instrument)))
        {
            before.Dispose();
            Assert.Empty(heard);
            between = pool.Acquire();
            Assert.Equal(["db.client.connection.wait_time"], heard);
        }

        between.Dispose();
        Assert.Single(heard);
    }

    [Fact]
    public void A_pool_leaves_the_metrics_when_it_is_drained()
    {
        var one = Warm(_world.Runtime, "one");
        var other = Warm(_world.Runtime, "other");
        Assert.Equal(["one", "other"], PoolsTold());

        _world.Await(() => one.DrainAsync());

        Assert.Equal(["other"], PoolsTold());
        _world.Await(() => other.DrainAsync());
        Assert.Empty(PoolsTold());
    }

    [Fact]
    public void A_group_leaves_the_metrics_when_it_is_closed()
    {
        var group = new ReplicaGroup<ScriptedConnection>(
            _ => ScriptedConnection.Connector(),
            [Endpoint.Parse("a:1")],
            new ReplicaGroupOptions<ScriptedConnection> { Pool = { Name = "mirrors" } },
            _world.Runtime);
        Assert.Equal(["mirrors"], GroupsTold());

        _world.Await(() => group.DrainAsync());

        Assert.Empty(GroupsTold());
        Assert.Empty(PoolsTold());
    }

    [Fact]
    public void Runtimes_without_a_factory_share_a_meter_and_each_is_heard()
    {
        var one = Warm(new VirtualRuntime().Runtime, "shared 1");
        var other = Warm(new VirtualRuntime().Runtime, "shared 2");

        var told = new HashSet<object?>();
        var published = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument is { Meter: { Name: PoolTelemetry.MeterName, Scope: null }, Name: "db.client.connection.max" })
                {
                    published++;
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => told.Add(tags[0].Value));
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.Equal(1, published);
        Assert.Superset(new HashSet<object?> { "shared 1", "shared 2" }, told);
        GC.KeepAlive(one);
        GC.KeepAlive(other);
    }

    [Fact]
    public void Pools_keep_being_told_of_though_nobody_has_kept_their_runtime()
    {
        var pool = WarmAlone();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.Equal(["alone"], PoolsTold());
        GC.KeepAlive(pool);

        [MethodImpl(MethodImplOptions.NoInlining)]
        ConnectionPool<ScriptedConnection> WarmAlone() =>
            Warm(new PoolRuntime { TimeProvider = _world.Time, Dispatcher = _world.Dispatcher, MeterFactory = _factory }, "alone");
    }

    [Fact]
    public void A_runtime_is_garbage_when_nobody_has_it_or_its_pools_though_the_meter_lives_on()
    {
        var runtime = MakeAndForget();
        for (var round = 0; round < 10 && runtime.IsAlive; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(runtime.IsAlive, "the runtime is still held");
        Assert.Empty(PoolsTold());

        [MethodImpl(MethodImplOptions.NoInlining)]
        WeakReference MakeAndForget()
        {
            var world = new VirtualRuntime(meterFactory: _factory);
            var pool = Warm(world.Runtime, "forgotten");
            Lease(pool);
            Assert.Equal(["forgotten"], PoolsTold());
            return new WeakReference(world.Runtime);
        }
    }

    [Fact]
    public void Listeners_that_throw_hurt_nobody()
    {
        using var meters = Listen((_, _) => throw new InvalidOperationException("a meter listener's own"));
        using var spans = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == PoolTelemetry.ActivitySourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = static _ => throw new InvalidOperationException("an activity listener's own"),
            ActivityStopped = static _ => throw new InvalidOperationException("an activity listener's own"),
        };
        ActivitySource.AddActivityListener(spans);
        var connector = ScriptedConnection.Connector();
        var pool = ConnectionPool.Create(connector, new PoolOptions { Name = "brave", MaxSize = 1 }, _world.Runtime);

        var lease = _world.Await(() => pool.AcquireAsync());
        var waiting = _world.Start(() => pool.AcquireAsync());
        lease.Dispose();
        _world.Await(waiting).Dispose();
        _world.Run();

        Assert.Null(Activity.Current);
        Assert.Empty(connector.Violations);
        Assert.Equal((1, 0, 2), (pool.Snapshot().Idle, pool.Snapshot().Leased, pool.Snapshot().Acquired));
    }

    [Fact]
    public void A_listener_may_use_the_pool_that_it_hears_of()
    {
        var pool = Warm(_world.Runtime);
        var seen = new List<int>();
        using var listener = Listen((_, _) => seen.Add(pool.Snapshot().Leased));

        Lease(pool);

        Assert.Equal([1, 0], seen);
    }

    [Fact]
    public void Numbers_can_be_read_while_leases_come_and_go()
    {
        const int Leases = 20_000;
        var pool = ConnectionPool.Create(
            Connector.Create(static (_, _) => new ValueTask<object>(new object())),
            new PoolOptions { Name = "busy", MinSize = 2, MaxSize = 2 },
            new PoolRuntime { MeterFactory = _factory });
        using var listener = Listen((_, _) => { });

        var callers = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var lease = 0; lease < Leases; lease++)
            {
                (await pool.AcquireAsync()).Dispose();
            }
        })));
        do
        {
            Assert.InRange(Sum("db.client.connection.count"), 0, 2);
        }
        while (!callers.IsCompleted);

        callers.GetAwaiter().GetResult();
        Assert.Equal(4 * Leases, Sum("actorpool.acquires"));
    }

    [Fact]
    public void Every_metric_that_there_is_is_documented()
    {
        var documented = File.ReadAllText(Repository.PathOf("src/ActorPool/PoolTelemetry.cs"));

        Assert.NotEmpty(Repository.Instruments());
        Assert.All(Repository.Instruments(), instrument => Assert.Contains($"<c>{instrument.Name}</c>", documented, StringComparison.Ordinal));
    }

    static void Lease(ConnectionPool<ScriptedConnection> pool)
    {
        var acquire = pool.AcquireAsync();
        Assert.True(acquire.IsCompletedSuccessfully);
        acquire.GetAwaiter().GetResult().Dispose();
    }

    static double BytesOfLeases(ConnectionPool<ScriptedConnection> pool) => BytesOf(() => Lease(pool));

    static double BytesOf(Action run)
    {
        const int Runs = 10_000;
        for (var warm = 0; warm < 1_000; warm++)
        {
            run();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var number = 0; number < Runs; number++)
        {
            run();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Runs;
    }

    static ConnectionPool<ScriptedConnection> Warm(PoolRuntime runtime, string name = "test")
    {
        var pool = ConnectionPool.Create(
            ScriptedConnection.Connector(), new PoolOptions { Name = name, MinSize = 1, MaxSize = 1, KeepaliveInterval = Timeout.InfiniteTimeSpan }, runtime);
        ((ManualDispatcher)runtime.Dispatcher).RunAll();
        return pool;
    }

    /// <summary>Hears what is recorded by this test's meter.</summary>
    MeterListener Listen(Action<string, double> heard)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument is Histogram<double> && ReferenceEquals(instrument.Meter.Scope, _factory))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => heard(instrument.Name, value));
        listener.Start();
        return listener;
    }

    List<(object? Tag, long Value)> Read(string instrumentName)
    {
        var told = new List<(object?, long)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == instrumentName && ReferenceEquals(instrument.Meter.Scope, _factory))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => told.Add((tags[0].Value, value)));
        listener.Start();
        listener.RecordObservableInstruments();
        return told;
    }

    long Sum(string instrument) => Read(instrument).Sum(static told => told.Value);

    IEnumerable<object?> PoolsTold() => Read("db.client.connection.max").Select(static told => told.Tag).Order();

    IEnumerable<object?> GroupsTold() => Read("actorpool.group.pending_requests").Select(static told => told.Tag);
}
