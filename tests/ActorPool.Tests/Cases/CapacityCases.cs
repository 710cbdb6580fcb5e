using ActorPool.TestKit;

namespace ActorPool.Tests.Cases;

/// <summary>Cases 1 to 12, taken from the suites of other pools: capacity and order.</summary>
/// <remarks>
/// None is left out. Keyed pools (9, 10) are several pools here: of a directory, or under one budget.
/// </remarks>
public sealed class CapacityCases : VirtualPoolTest
{
    [Fact]
    public void Twenty_callers_on_four_connections_are_all_served_and_no_fifth_is_ever_opened()
    {
        // 1 · HikariCP TestConnections.testMaximumPoolLimit
        Connector.Opens.Always(StepPlan.After(Ms(50)));
        var pool = Create(options => options.MaxSize = 4);
        var callers = Enumerable.Range(0, 20).Select(_ => BeginAcquire(pool)).ToList();

        Assert.Equal(20, ServeAll(callers, Ms(50)));

        Assert.Equal(4, Connector.OpenedCount);
        Assert.Equal(4, Connector.SizeMax);
    }

    [Fact]
    public void Many_short_jobs_and_slow_opens_grow_the_pool_by_a_few_only()
    {
        // 2 · HikariCP ConnectionPoolSizeVsThreadsTest.testSlowConnectionTimeBurstyWork
        Connector.Opens.Always(StepPlan.After(Ms(100)));
        var pool = Create(options => { options.MaxSize = 50; options.MinSize = 2; });
        World.Advance(Ms(100));
        var callers = Enumerable.Range(0, 50).Select(_ => BeginAcquire(pool)).ToList();

        Assert.Equal(50, ServeAll(callers, Ms(2)));
        World.Advance(Seconds(1));

        Assert.InRange(Connector.OpenedCount, 3, 2 + new PoolOptions().MaxConcurrentConnects);
    }

    [Fact]
    public void A_saturated_pool_serves_a_whole_window_again_once_the_rate_is_what_it_can_bear()
    {
        // 3 · HikariCP TestSaturatedPool830
        var pool = Create(options => { options.MaxSize = 10; options.AcquireTimeout = Seconds(1); });
        var jobs = new List<Task<Lease<ScriptedConnection>>>();
        var returns = new PriorityQueue<Lease<ScriptedConnection>, TimeSpan>();
        var failed = new List<TimeSpan>();

        // Two seconds at twice the rate, then ten at just what ten connections and jobs of a second can do.
        for (var tick = 0; World.Time.Elapsed < Seconds(12); tick++)
        {
            if (tick % 2 == 0 || World.Time.Elapsed < Seconds(2))
            {
                jobs.Add(BeginAcquire(pool));
            }

            World.Advance(Ms(50));
            while (returns.TryPeek(out var lease, out var due) && due <= World.Time.Elapsed)
            {
                returns.Dequeue();
                lease.Dispose();
            }

            World.Run();
            foreach (var job in jobs.Where(job => job.IsCompleted).ToList())
            {
                jobs.Remove(job);
                if (job.IsCompletedSuccessfully)
                {
                    returns.Enqueue(job.GetAwaiter().GetResult(), World.Time.Elapsed + Seconds(1));
                }
                else
                {
                    Failure<AcquireTimeoutException>(job);
                    failed.Add(World.Time.Elapsed);
                }
            }
        }

        Assert.NotEmpty(failed);
        Assert.All(failed, at => Assert.True(at < Seconds(4), $"an acquire failed after {at}"));
        Assert.Equal(10, Connector.OpenedCount);
    }

    [Fact]
    public void Many_commands_one_after_the_other_use_one_connection()
    {
        // 4 · Npgsql PoolTests.Reuse_connector_before_creating_new, OnePhysicalConnectionManyCommands
        var pool = Create();
        var used = Enumerable.Range(0, 50)
            .Select(_ => pool.UseAsync(static (connection, _) => ValueTask.FromResult(connection.Id)).AsTask())
            .Select(use => { World.Run(); return use.GetAwaiter().GetResult(); });

        Assert.Equal([1], used.Distinct());
        Assert.Equal(1, Connector.OpenedCount);
    }

    [Fact]
    public async Task A_blocked_caller_and_one_who_awaits_get_the_returned_connection_alike()
    {
        // 5 · Npgsql PoolTests.Get_connector_from_exhausted_pool
        await using var pool = ConnectionPool.Create(Connector, new PoolOptions { MaxSize = 1, AcquireTimeout = Timeout.InfiniteTimeSpan });
        var lease = await pool.AcquireAsync();
        var awaits = pool.AcquireAsync().AsTask();
        Assert.False(awaits.IsCompleted);

        lease.Dispose();
        lease = await awaits;
        Assert.Equal(1, lease.ConnectionId);
        var blocks = Task.Factory.StartNew(
            () => pool.Acquire(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        SpinWait.SpinUntil(() => pool.Snapshot().Waiting == 1);

        lease.Dispose();
        lease = await blocks;
        Assert.Equal(1, lease.ConnectionId);
        lease.Dispose();
    }

    [Fact]
    public void Waiters_are_served_in_order_of_arrival_those_who_left_excepted()
    {
        // 6 · commons TestGenericObjectPool.testBorrowObjectFairness
        var pool = Create(options => options.MaxSize = 2);
        var first = Acquire(pool);
        var second = Acquire(pool);
        using var leaving = new CancellationTokenSource();
        var waiters = Enumerable.Range(0, 9)
            .Select(i => BeginAcquire(pool, cancellationToken: i % 3 == 1 ? leaving.Token : default)).ToList();
        leaving.Cancel();
        World.Run();
        var order = new List<int>();

        first.Dispose();
        second.Dispose();
        while (order.Count < 6)
        {
            World.Run();
            var served = waiters.FindIndex(waiter => waiter.IsCompletedSuccessfully && !order.Contains(waiters.IndexOf(waiter)));
            order.Add(served);
            waiters[served].GetAwaiter().GetResult().Dispose();
        }

        Assert.Equal([0, 2, 3, 5, 6, 8], order);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Opened_less_closed_is_never_above_the_maximum_and_nobody_shares_a_connection(ulong seed)
    {
        // 7, 8 · commons testMaxTotalInvariant, testMaxTotalUnderLoad, testNoInstanceOverlap
        var random = new SeededRandom(seed);
        Connector.Opens.Always(StepPlan.After(Ms(3)));
        Connector.Closes.Always(StepPlan.After(Ms(2)));
        var pool = Create(options => { options.MaxSize = 5; options.MaxLifetime = Ms(40); options.IdleTimeout = Ms(5); });
        var calls = new List<Task<Lease<ScriptedConnection>>>();
        var held = new List<Lease<ScriptedConnection>>();

        for (var step = 0; step < 2_000; step++)
        {
            if (random.Next(2) == 0)
            {
                calls.Add(BeginAcquire(pool));
            }
            else if (held.Count > 0)
            {
                var lease = held[random.Next(held.Count)];
                held.Remove(lease);
                if (random.Next(8) == 0)
                {
                    lease.MarkFaulty();
                }

                lease.Dispose();
            }

            World.Advance(Ms(random.Next(2)));
            held.AddRange(calls.Where(call => call.IsCompleted).Select(call => call.GetAwaiter().GetResult()));
            calls.RemoveAll(call => call.IsCompleted);
            Assert.True(Connector.Open.Count + Connector.Opening <= 5, $"seed {seed}, step {step}");
            Assert.True(held.Select(lease => lease.Connection.Id).Distinct().Count() == held.Count, $"seed {seed}, step {step}");
        }

        Assert.True(Connector.OpenedCount > 50, $"seed {seed}: only {Connector.OpenedCount} were opened");
        held.ForEach(lease => lease.Dispose());
    }

    [Fact]
    public void A_full_key_does_not_hold_up_another()
    {
        // 9 · commons keyed testBlockedKeyDoesNotBlockPool
        Connector = Numbered();
        var directory = new PoolDirectory<ScriptedConnection>(
            _ => Connector, new PoolDirectoryOptions { Pool = { MaxSize = 1, LifetimeJitter = 0 } }, World.Runtime);
        var held = Acquire(directory.GetPool("one.internal:1"));
        var waits = BeginAcquire(directory.GetPool("one.internal:1"));

        var other = Acquire(directory.GetPool("two.internal:1"));

        Assert.False(waits.IsCompleted);
        other.Dispose();
        held.Dispose();
        World.Run();
        waits.GetAwaiter().GetResult().Dispose();
        var drained = directory.DisposeAsync().AsTask();
        World.Advance(Seconds(1));
        Assert.True(drained.IsCompletedSuccessfully);
    }

    [Fact]
    public void Clearing_one_key_serves_who_waits_at_another()
    {
        // 10 · commons keyed testClearUnblocksWaiters, testInvalidateFreesCapacityForOtherKeys
        Connector = Numbered();
        var budget = new ConnectionBudget(2, World.Runtime);
        var one = Create(options => { options.Name = "one"; options.Budget = budget; });
        var two = Create(options => { options.Name = "two"; options.Budget = budget; });
        var faulty = Acquire(one);
        var evicted = Acquire(one);
        var first = BeginAcquire(two);
        var second = BeginAcquire(two);
        Assert.False(first.IsCompleted);

        faulty.MarkFaulty();
        faulty.Dispose();
        World.Run();
        Assert.True(first.IsCompletedSuccessfully, $"{two.Snapshot()}");
        Assert.False(second.IsCompleted);

        _ = one.EvictAsync(EvictMode.Hard);
        World.Run();
        Assert.True(second.IsCompletedSuccessfully, $"{two.Snapshot()}");

        Assert.False(evicted.IsActive);
        first.GetAwaiter().GetResult().Dispose();
        second.GetAwaiter().GetResult().Dispose();
    }

    [Fact]
    public void Connections_that_come_back_broken_still_serve_all_who_wait()
    {
        // 11 · bb8 test_lots_of_waiters, test_broken_connections_dont_starve_pool
        Connector.Opens.Always(StepPlan.After(Ms(1)));
        var pool = Create(options => { options.MaxSize = 5; options.AcquireTimeout = Seconds(60); });
        var waiters = Enumerable.Range(0, 500).Select(_ => BeginAcquire(pool)).ToList();

        Assert.Equal(500, ServeAll(waiters, Ms(1), static lease => lease.MarkFaulty()));

        Assert.Equal(500, pool.Snapshot().Closed[CloseReason.Fault]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Of_a_burst_no_more_wait_than_may_and_the_rest_fail_at_once(int limit)
    {
        // 12 · reactor-pool maxPendingZero, maxPendingOne, jcstress "pending limit"
        var pool = Create(options => { options.MaxSize = 1; options.MinSize = 1; options.MaxWaiters = limit; });
        var lease = Acquire(pool);

        var burst = Enumerable.Range(0, 10).Select(_ => BeginAcquire(pool)).ToList();

        Assert.Equal(limit, pool.Snapshot().Waiting);
        Assert.All(burst.Skip(limit), refused =>
            Assert.Equal(PoolFailureReason.QueueFull, Failure<PoolExhaustedException>(refused).Reason));
        Assert.Equal(10 - limit, pool.Snapshot().Rejected);
        lease.Dispose();
        Assert.Equal(limit, ServeAll(burst.Take(limit), Ms(1)));
        Acquire(pool).Dispose();
    }

    [Fact]
    public void Under_races_of_many_threads_no_more_wait_than_may()
    {
        // 12 · jcstress "pending limit": the same with real threads
        var pool = ConnectionPool.Create(Connector, new PoolOptions { MaxSize = 1, MaxWaiters = 1, AcquireTimeout = Timeout.InfiniteTimeSpan });
        var lease = pool.Acquire();
        using var start = new Barrier(8);
        var calls = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return pool.AcquireAsync().AsTask();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        Task.WaitAll(calls);

        Assert.Equal(1, pool.Snapshot().Waiting);
        Assert.Equal(7, calls.Count(call => call.Result.IsFaulted));
        lease.Dispose();
        calls.Single(call => !call.Result.IsFaulted).Result.Result.Dispose();
        pool.DrainAsync().Wait();
    }

    /// <summary>For several pools: connections numbered through.</summary>
    static ScriptedConnector<ScriptedConnection> Numbered()
    {
        var last = 0;
        return new ScriptedConnector<ScriptedConnection>(_ => new ScriptedConnection(++last));
    }

    /// <summary>Lets time go by in steps; who is served returns its lease one step later. How many were served.</summary>
    int ServeAll(IEnumerable<Task<Lease<ScriptedConnection>>> callers, TimeSpan step, Action<Lease<ScriptedConnection>>? use = null)
    {
        var waiting = callers.ToList();
        var served = 0;
        for (var steps = 0; waiting.Count > 0 && steps < 1_000; steps++)
        {
            World.Advance(step);
            var leases = waiting.Where(caller => caller.IsCompleted).Select(caller => caller.GetAwaiter().GetResult()).ToList();
            waiting.RemoveAll(caller => caller.IsCompleted);
            foreach (var lease in leases)
            {
                use?.Invoke(lease);
                lease.Dispose();
            }

            World.Run();
            served += leases.Count;
        }

        return served;
    }
}
