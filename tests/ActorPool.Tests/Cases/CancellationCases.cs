using ActorPool.TestKit;

namespace ActorPool.Tests.Cases;

/// <summary>Cases 22 to 29, taken from the suites of other pools: cancelling before, during and after.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>23, "tracing context flows": on purpose it does not. A connection serves many, and carries no caller's execution context (DESIGN §3a rule 3); that the deadline does not flow is tested.</item>
/// <item>29 on sockets, pipeline and cluster: <c>Net/PooledStreamTests</c> and the Redis connector; here what the pool does about it.</item>
/// </list>
/// </remarks>
public sealed class CancellationCases : VirtualPoolTest
{
    static readonly AsyncLocal<string?> Ambient = new();

    [Fact]
    public void A_caller_who_leaves_does_not_take_the_open_along()
    {
        // 22 · puddle TestPoolAcquireCalledConstructorIsNotCanceledByAcquireCancellation
        Connector.Opens.Next(StepPlan.After(Ms(100)));
        var pool = Create();
        using var cancellation = new CancellationTokenSource();
        var caller = BeginAcquire(pool, cancellationToken: cancellation.Token);

        cancellation.Cancel();
        World.Advance(Ms(100));

        Assert.True(caller.IsCanceled);
        Assert.Equal(1, pool.Snapshot().Idle);
        Assert.Equal(1, Acquire(pool).ConnectionId);
        Assert.Equal(1, Connector.OpenedCount);
    }

    [Fact]
    public async Task The_context_of_a_caller_does_not_reach_the_open()
    {
        // 23 · puddle TestPoolAcquireCallsConstructorWithAcquireContextValuesButNotDeadline: "context values", on the thread pool
        string? seen = "not asked";
        Ambient.Value = "a caller's";
        Connector = new ScriptedConnector<ScriptedConnection>(context =>
        {
            seen = Ambient.Value;
            return new ScriptedConnection(context.ConnectionId);
        });
        await using var pool = ConnectionPool.Create(Connector);

        (await pool.AcquireAsync()).Dispose();

        Assert.Null(seen);
    }

    [Fact]
    public void The_deadline_of_a_caller_does_not_reach_the_open()
    {
        // 23 · puddle TestPoolAcquireCallsConstructorWithAcquireContextValuesButNotDeadline: "not deadline"
        Connector.Opens.Next(StepPlan.After(Seconds(2)));
        var pool = Create();
        var caller = BeginAcquire(pool, Seconds(1));

        World.Advance(Seconds(1));
        Failure<AcquireTimeoutException>(caller);
        World.Advance(Seconds(1));

        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public void However_every_step_goes_and_whenever_a_caller_leaves_nothing_leaks(ulong seed)
    {
        // 24 · deadpool managed_cancellation.test_cancellations: ok, fail, slow or hang, in five steps each: 4^5 = 1,024
        var random = new SeededRandom(seed);
        for (var combination = 0; combination < 1_024; combination++)
        {
            TryCombination(combination, random, $"seed {seed}, combination {combination}");
        }

        // The clock's own timer stands where the last of all timers stood, and finds nothing there.
        World.Advance(TimeSpan.FromMinutes(30));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_wait_that_is_cancelled_before_during_or_after_delivery_loses_no_connection(int when)
    {
        // 25 · reactor-pool returnedNotReleasedIfBorrowerCancelledEarly, allocatedReleasedIfBorrowerCancelled
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        using var cancellation = new CancellationTokenSource();
        var caller = BeginAcquire(pool, cancellationToken: cancellation.Token);

        if (when == 0)
        {
            cancellation.Cancel();
        }

        lease.Dispose();
        if (when == 1)
        {
            // Granted, and its caller not yet told.
            cancellation.Cancel();
        }

        World.Run();
        if (when == 2)
        {
            cancellation.Cancel();
        }

        World.Run();
        Assert.Equal(when == 0, caller.IsCanceled);
        Assert.Equal(when == 0 ? 1 : 0, pool.Snapshot().Idle);
        if (when > 0)
        {
            caller.GetAwaiter().GetResult().Dispose();
        }

        Assert.Equal(1, Acquire(pool).ConnectionId);
    }

    [Fact]
    public void Cancel_and_release_at_once_on_two_threads_have_one_winner_and_lose_nothing()
    {
        // 25 · reactor-pool …OrAbortedIfCancelRequestRace_loop
        var pool = ConnectionPool.Create(Connector, new PoolOptions { MaxSize = 1, AcquireTimeout = Timeout.InfiniteTimeSpan });
        using var start = new Barrier(2);
        var cancelled = 0;
        CancellationTokenSource? cancellation = null;
        var canceller = Task.Factory.StartNew(
            () =>
            {
                for (var round = 0; round < 500; round++)
                {
                    start.SignalAndWait();
                    cancellation!.Cancel();
                    start.SignalAndWait();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        for (var round = 0; round < 500; round++)
        {
            var lease = pool.Acquire();
            cancellation = new CancellationTokenSource();
            var caller = pool.AcquireAsync(cancellation.Token).AsTask();
            start.SignalAndWait();
            lease.Dispose();
            start.SignalAndWait();
            try
            {
                caller.GetAwaiter().GetResult().Dispose();
            }
            catch (OperationCanceledException)
            {
                cancelled++;
            }

            cancellation.Dispose();
        }

        canceller.GetAwaiter().GetResult();
        var after = pool.Snapshot();
        Assert.Equal((1, 0, 0), (after.Idle, after.Leased, after.Waiting));
        Assert.Equal(cancelled, after.Cancelled);
        pool.DrainAsync().GetAwaiter().GetResult();
    }

    [Fact]
    public void The_acquire_timeout_covers_the_whole_wait_for_an_open_and_for_a_reset_alike()
    {
        // 26 · reactor-pool pendingTimeoutNotImpactedByLongAllocation, pendingTimeoutImpactedByLongRelease: ours is the whole wait
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reset);
        Connector.Opens.Next(StepPlan.After(Seconds(3)));
        Connector.Resets.Always(StepPlan.After(Seconds(3)));
        var pool = Create(options => { options.MaxSize = 1; options.AcquireTimeout = Seconds(2); });
        var opens = BeginAcquire(pool);
        World.Advance(Seconds(2));
        Failure<AcquireTimeoutException>(opens);
        World.Advance(Seconds(1));
        Acquire(pool).Dispose();

        var resets = BeginAcquire(pool);
        World.Advance(Seconds(2));
        Failure<AcquireTimeoutException>(resets);

        World.Advance(Seconds(1));
        Acquire(pool);
    }

    [Fact]
    public void One_who_timed_out_and_is_served_late_keeps_nothing()
    {
        // 27 · poolboy "demonitors when a checkout is cancelled", "recover from timeout"
        var pool = Create(options => { options.MaxSize = 1; options.AcquireTimeout = Seconds(1); });
        var lease = Acquire(pool);
        var late = BeginAcquire(pool);
        World.Time.Leap(Seconds(2));

        // The timer is late and the return comes first: whoever wins, the connection is somebody's or idle.
        lease.Dispose();
        World.Advance(Ms(1));

        if (late.IsCompletedSuccessfully)
        {
            late.GetAwaiter().GetResult().Dispose();
        }
        else
        {
            Failure<AcquireTimeoutException>(late);
        }

        Assert.Equal(1, pool.Snapshot().Idle);
        Assert.Equal(0, pool.Snapshot().Leased);
    }

    [Fact]
    public void A_scope_that_ends_while_it_waits_leaves_the_line_and_the_next_is_served()
    {
        // 27 · poolboy "demonitors when a checkout is cancelled": the caller itself has died
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var scope = new LeaseScope("request");
        var dies = pool.AcquireAsync(new AcquireLease(Holder: scope)).AsTask();
        var next = BeginAcquire(pool);

        scope.Dispose();
        lease.Dispose();
        World.Run();

        Failure<OperationCanceledException>(dies);
        next.GetAwaiter().GetResult().Dispose();
    }

    [Fact]
    public void A_connection_on_which_an_operation_was_cancelled_is_nobody_elses()
    {
        // 28, 29 · pgbouncer test_cancel_race, test_cancel_wait; redis-py async test_cwe_404.py
        var pool = Create(options => options.MaxSize = 1);
        using var cancellation = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        var cancelled = pool.UseAsync(
            async (_, token) => await asked.Task.WaitAsync(token).ConfigureAwait(false), cancellation.Token).AsTask();
        World.Run();
        var waits = pool.UseAsync(static (connection, _) => ValueTask.FromResult(connection.Id)).AsTask();

        cancellation.Cancel();
        SpinWait.SpinUntil(() => cancelled.IsCompleted, Seconds(10));
        World.Run();

        Assert.True(cancelled.IsCanceled);
        Assert.Equal(2, waits.GetAwaiter().GetResult());
        Assert.Equal(CloseReason.Fault, Connector.Closed.Single().Reason);
        asked.SetResult();
    }

    void TryCombination(int combination, SeededRandom random, string name)
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.All);
        Connector.Opens.Next(Plan(combination));
        Connector.Resets.Next(Plan(combination >> 2));
        Connector.Probes.Next(Plan(combination >> 4));
        Connector.Closes.Next(Plan(combination >> 6, hang: StepPlan.After(Ms(500))));
        Connector.Returns = _ => combination >> 8 != 1;
        Connector.LiesInIsReusable = combination >> 8 == 2;
        var pool = ConnectionPool.Create(
            Connector,
            new PoolOptions { MaxSize = 2, AcquireTimeout = Seconds(30), KeepaliveInterval = Ms(40), KeepaliveTimeout = Ms(20), ConnectTimeout = Ms(50), ResetTimeout = Ms(30), UnavailableAfter = Timeout.InfiniteTimeSpan },
            World.Runtime);
        var calls = new List<(Task<Lease<ScriptedConnection>> Task, CancellationTokenSource Cancellation)>();
        for (var step = 0; step < 12; step++)
        {
            var cancellation = new CancellationTokenSource();
            calls.Add((pool.AcquireAsync(cancellation.Token).AsTask(), cancellation));
            World.Advance(Ms(random.Next(20)));
            calls[random.Next(calls.Count)].Cancellation.Cancel();
            foreach (var call in calls.Where(call => call.Task.IsCompletedSuccessfully && random.Next(2) == 0))
            {
                call.Task.GetAwaiter().GetResult().Dispose();
            }
        }

        for (var step = 0; step < 40; step++)
        {
            World.Advance(Seconds(1));
            foreach (var call in calls.Where(call => call.Task.IsCompletedSuccessfully))
            {
                call.Task.GetAwaiter().GetResult().Dispose();
            }
        }

        var after = pool.Snapshot();
        Assert.True(calls.TrueForAll(call => call.Task.IsCompleted), $"{name}: somebody still waits; {after}");
        Assert.True((after.Leased, after.Waiting, after.Opening) == (0, 0, 0), $"{name}: {after}");
        Assert.True(Connector.SizeMax <= 2, $"{name}: {Connector.SizeMax} at once");
        var drained = pool.DrainAsync(TimeSpan.Zero);
        World.Advance(Seconds(10));
        Connector.ReleaseHung();
        World.Run();
        Assert.True(drained.IsCompleted, $"{name}: {pool.Snapshot()}");
        Assert.True(Connector.Violations.Count == 0, $"{name}: {string.Join("; ", Connector.Violations)}");
        Assert.True(Connector.Closed.Count == Connector.OpenedCount, $"{name}: {Connector.OpenedCount} opened, {Connector.Closed.Count} closed");
        Assert.True(World.Runtime.System.Timers.Count == 0, $"{name}: a timer is left");
    }

    // A close that hangs for ever the pool gives up on, and goes on beside it.
    static StepPlan Plan(int choice, StepPlan? hang = null) => (choice & 3) switch
    {
        0 => StepPlan.Succeed,
        1 => StepPlan.Fail(new IOException("failed")),
        2 => StepPlan.After(Ms(15)),
        _ => hang ?? StepPlan.Hang,
    };
}
