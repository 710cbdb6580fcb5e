using ActorPool.TestKit;

namespace ActorPool.Tests.TestKit;

/// <summary>Operations that are begun and driven to their end, and what is said of those that have none.</summary>
public sealed class VirtualRuntimeTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly VirtualRuntime _world = new(seed: 7);

    [Fact]
    public void Await_moves_the_clock_no_further_than_until_the_operation_is_over()
    {
        var result = _world.Await(async () =>
        {
            await Task.Delay(30 * Second, _world.Time);
            await Task.Delay(12 * Second, _world.Time).ConfigureAwait(false);
            return _world.Time.Elapsed;
        });

        Assert.Equal(42 * Second, result);
        Assert.Equal(42 * Second, _world.Time.Elapsed);
    }

    [Fact]
    public void Await_throws_what_the_operation_throws() => Assert.Equal("mine", Assert.Throws<TimeoutException>(() => _world.Await(async () =>
    {
        await Task.Delay(Second, _world.Time);
        throw new TimeoutException("mine");
    })).Message);

    [Fact]
    public void An_operation_may_be_over_at_the_very_limit_and_not_after_it()
    {
        _world.Await(() => Task.Delay(Second, _world.Time), within: Second);

        Assert.Throws<ExpectationException>(() => _world.Await(() => Task.Delay(Second + TimeSpan.FromMilliseconds(1), _world.Time), within: Second));
        Assert.Equal(2 * Second, _world.Time.Elapsed);
    }

    [Fact]
    public void An_operation_stays_on_the_tests_thread_and_knows_no_context_of_the_frameworks()
    {
        var before = new SynchronizationContext();
        SynchronizationContext.SetSynchronizationContext(before);
        var threads = new HashSet<int>();

        _world.Await(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                Assert.Null(SynchronizationContext.Current);
                threads.Add(Environment.CurrentManagedThreadId);
                await Task.Delay(Second, _world.Time);
            }
        });

        Assert.Equal([Environment.CurrentManagedThreadId], threads);
        Assert.Same(before, SynchronizationContext.Current);
    }

    [Fact]
    public void Start_begins_an_operation_and_leaves_the_clock_alone()
    {
        var delay = _world.Start(() => Task.Delay(Second, _world.Time));
        var answer = _world.Start(() => ValueTask.FromResult(42));

        Assert.False(delay.IsCompleted);
        Assert.Equal(42, answer.Result);
        Assert.Equal(TimeSpan.Zero, _world.Time.Elapsed);
        _world.Await(delay);
        Assert.Equal(Second, _world.Time.Elapsed);
    }

    [Fact]
    public void What_is_not_over_in_time_is_named_with_the_next_timer_the_pools_and_the_seed()
    {
        var pool = ConnectionPool.Create(ScriptedConnection.Connector(), new PoolOptions { Name = "mine", MaxSize = 1 }, _world.Runtime);
        using var probe = _world.Listen(pool);
        using var lease = _world.Await(() => pool.AcquireAsync());
        using var timer = _world.Time.CreateTimer(_ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);

        var error = Assert.Throws<ExpectationException>(() => _world.Await(() => pool.AcquireAsync(), within: 5 * Second));

        Assert.Equal(
            """
            Not over within 5.000 s of virtual time: () => pool.AcquireAsync()
            The clock shows 5.000 s; no work is ready; the next timer is due in 10.000 s (2 set).
            pool 'mine' (Healthy): 1 leased, 0 idle, 0 opening, 1 waiting, max 1
            What other threads do is waited for if ThreadPatience says so, which is 0.000 s of real time. Seed: 7.
            """,
            error.Message);
    }

    [Fact]
    public void What_can_end_by_nothing_is_told_so()
    {
        var error = Assert.Throws<ExpectationException>(() => _world.Await(new TaskCompletionSource().Task));

        Assert.StartsWith("Not over within 60.000 s of virtual time: new TaskCompletionSource().Task", error.Message, StringComparison.Ordinal);
        Assert.Contains("no timer is set, so that nothing more will happen by itself", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RunUntil_stops_where_its_condition_is_met_and_names_it_if_it_is_not()
    {
        var ticks = 0;
        using var timer = _world.Time.CreateTimer(_ => ticks++, null, Second, Second);

        _world.RunUntil(() => ticks == 3);
        Assert.Equal(3 * Second, _world.Time.Elapsed);

        var error = Assert.Throws<ExpectationException>(() => _world.RunUntil(() => ticks == 10, within: 2 * Second));
        Assert.Contains("() => ticks == 10", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, ticks);
    }

    [Fact]
    public void Without_time_only_what_is_ready_runs()
    {
        _world.Await(() => Task.Delay(TimeSpan.Zero, _world.Time), within: TimeSpan.Zero);

        Assert.Throws<ExpectationException>(() => _world.Await(() => Task.Delay(Second, _world.Time), within: TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, _world.Time.Elapsed);
        Assert.Throws<ArgumentOutOfRangeException>(() => _world.RunUntil(() => true, within: -Second));
        Assert.Throws<ArgumentOutOfRangeException>(() => _world.Advance(-Second));
    }

    [Fact]
    public void Other_threads_are_waited_for_before_the_clock_moves_if_the_test_says_so()
    {
        _world.ThreadPatience = TimeSpan.FromSeconds(30);

        var elapsed = _world.Await(async () =>
        {
            await Task.Yield();
            await Task.Run(() => { });
            return _world.Time.Elapsed;
        });

        Assert.Equal(TimeSpan.Zero, elapsed);
        Assert.Throws<ArgumentOutOfRangeException>(() => _world.ThreadPatience = -Second);
    }

    [Fact]
    public void A_pool_that_is_used_from_another_thread_is_served_on_the_tests()
    {
        _world.ThreadPatience = TimeSpan.FromSeconds(30);
        var connector = ScriptedConnection.Connector();
        var pool = ConnectionPool.Create(connector, runtime: _world.Runtime);

        var id = _world.Await(() => Task.Run(async () =>
        {
            await using var lease = await pool.AcquireAsync();
            return lease.ConnectionId;
        }));

        Assert.Equal(1, id);
        Assert.Equal(TimeSpan.Zero, _world.Time.Elapsed);
    }

    [Fact]
    public void What_is_cancelled_in_a_run_goes_on_at_once_on_the_tests_thread()
    {
        using var cancellation = new CancellationTokenSource();
        var over = new TaskCompletionSource();
        using var registration = cancellation.Token.UnsafeRegister(_ => over.SetCanceled(cancellation.Token), null);
        var thread = 0;
        var operation = _world.Start(async () =>
        {
            try
            {
                await over.Task.ConfigureAwait(false);
            }
            finally
            {
                thread = Environment.CurrentManagedThreadId;
            }
        });

        _world.Run(cancellation.Cancel);

        Assert.True(operation.IsCanceled);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public void A_cancelled_delay_goes_on_on_another_thread_which_can_be_waited_for()
    {
        _world.ThreadPatience = TimeSpan.FromSeconds(30);
        using var cancellation = new CancellationTokenSource();
        var delay = _world.Start(() => Task.Delay(Second, _world.Time, cancellation.Token));

        _world.Run(cancellation.Cancel);

        Assert.ThrowsAny<OperationCanceledException>(() => _world.Await(delay));
        Assert.Equal(TimeSpan.Zero, _world.Time.Elapsed);
    }

    [Fact]
    public void The_same_seed_is_the_same_test()
    {
        Assert.Equal(Openings(seed: 3), Openings(seed: 3));
        Assert.NotEqual(Openings(seed: 3), Openings(seed: 4));
    }

    /// <summary>When opens failed; the backoff between them is random.</summary>
    static List<TimeSpan> Openings(ulong seed)
    {
        var world = new VirtualRuntime(seed);
        var connector = ScriptedConnection.Connector();
        var pool = ConnectionPool.Create(connector, new PoolOptions { MinSize = 1 }, world.Runtime);
        var at = new List<TimeSpan>();
        using var subscription = pool.Subscribe(_ => at.Add(world.Time.Elapsed));
        connector.StopServer();
        world.Advance(TimeSpan.FromMinutes(1));
        Assert.True(at.Count > 5, $"{at.Count} opens");
        return at;
    }
}
