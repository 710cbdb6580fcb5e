using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>A wait in vain is explained: who had the connections, what the time went on, and whether time itself was at fault.</summary>
public sealed class ExplainedWaitTests : VirtualPoolTest
{
    [Fact]
    public void The_ledger_names_every_holder_the_longest_first_with_its_stack_if_that_was_kept()
    {
        var pool = Create(options => { options.MaxSize = 2; options.CaptureStacks = true; });
        var report = Acquire(pool, "the nightly report");
        World.Advance(Seconds(2));
        var order = Acquire(pool, "order 17");

        var waiter = BeginAcquire(pool, Seconds(1));
        World.Advance(Seconds(1));
        var error = Failure<AcquireTimeoutException>(waiter);

        Assert.Equal(["the nightly report", "order 17"], error.Ledger.Holders.Select(lease => lease.Holder));
        Assert.Equal([Seconds(3), Seconds(1)], error.Ledger.Holders.Select(lease => lease.Held));
        Assert.All(error.Ledger.Holders, lease => Assert.Contains(nameof(ExplainedWaitTests), lease.Stack, StringComparison.Ordinal));
        Assert.Contains("for 3.000 s, by the nightly report", error.Message, StringComparison.Ordinal);
        report.Dispose();
        order.Dispose();
    }

    [Fact]
    public void The_ledger_tells_the_place_in_line_and_how_many_were_served_since()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var first = BeginAcquire(pool);
        var second = BeginAcquire(pool);
        var third = BeginAcquire(pool, Seconds(5));

        World.Advance(Seconds(1));
        lease.Dispose();
        World.Advance(Seconds(4));

        var ledger = Failure<AcquireTimeoutException>(third).Ledger;
        Assert.Equal((3, 1L), (ledger.PositionAtEntry, ledger.ServedSince));
        Assert.Contains("number 3 in line; 1 were served since", third.Exception!.InnerException!.Message, StringComparison.Ordinal);
        first.Result.Dispose();
        World.Run();
        second.Result.Dispose();
    }

    [Fact]
    public void The_ledger_tells_what_the_wait_was_spent_on()
    {
        Connector.Opens.Next(new StepPlan { Delay = Seconds(2), Error = new IOException("refused") });
        Connector.Opens.Always(StepPlan.After(Seconds(4)));
        var pool = Create(options =>
        {
            options.MaxSize = 1;
            options.ReconnectBackoff.Initial = Seconds(3);
        });
        var first = BeginAcquire(pool, Seconds(60));
        var second = BeginAcquire(pool, Seconds(20));

        // 2 s until the first open fails, 3 s of backoff, 4 s until the second is open, and 11 s until nobody returned it.
        World.Advance(Seconds(20));

        var ledger = Failure<AcquireTimeoutException>(second).Ledger;
        Assert.Equal(
            new Dictionary<WaitCause, TimeSpan>
            {
                [WaitCause.Opening] = Seconds(6),
                [WaitCause.Backoff] = Seconds(3),
                [WaitCause.Leases] = Seconds(11),
            },
            ledger.SpentOn);
        Assert.Equal(ledger.Waited, ledger.SpentOn.Values.Aggregate((sum, time) => sum + time));
        first.Result.Dispose();
    }

    [Fact]
    public void The_ledger_knows_a_pause()
    {
        var pool = Create();
        Done(pool.PauseAsync(Seconds(60)));
        var waiter = BeginAcquire(pool, Seconds(2));

        World.Advance(Seconds(2));

        Assert.Equal(Seconds(2), Failure<AcquireTimeoutException>(waiter).Ledger.SpentOn[WaitCause.Pause]);
    }

    [Fact]
    public void A_starved_thread_pool_is_named()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var waiter = BeginAcquire(pool, Seconds(1));

        // The timer fires in time; nobody runs what it sends.
        World.Time.Advance(Seconds(4));
        World.Run();

        var error = Failure<AcquireTimeoutException>(waiter);
        Assert.Equal(Seconds(3), error.Ledger.TimersLate);
        Assert.Equal(TimeSpan.Zero, error.Ledger.ClockLeapt);
        Assert.Contains("the thread pool has no free threads", error.Message, StringComparison.Ordinal);
        lease.Dispose();
    }

    [Fact]
    public void A_clock_that_leapt_is_named()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var waiter = BeginAcquire(pool, Seconds(1));

        World.Time.Leap(Seconds(30));
        World.Advance(TimeSpan.Zero);

        var error = Failure<AcquireTimeoutException>(waiter);
        Assert.Equal(Seconds(29), error.Ledger.ClockLeapt);
        Assert.Contains("The clock leapt by 29.000 s", error.Message, StringComparison.Ordinal);
        lease.Dispose();
    }

    [Fact]
    public void A_report_shows_every_connection_its_holders_and_its_flight_recorder()
    {
        var pool = Create(options => options.MaxSize = 2);
        using var lease = Acquire(pool, "invoice 7");

        var report = pool.Snapshot().ToReport();

        Assert.Contains("leased: connection 1, for 0.000 s, by invoice 7", report, StringComparison.Ordinal);
        Assert.Contains("Opened → Idle", report, StringComparison.Ordinal);
        Assert.Contains("Take → Leased", report, StringComparison.Ordinal);
    }
}
