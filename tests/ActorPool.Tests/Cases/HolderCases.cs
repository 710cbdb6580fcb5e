using System.Runtime.CompilerServices;
using ActorPool.TestKit;

namespace ActorPool.Tests.Cases;

/// <summary>Cases 30 to 36, taken from the suites of other pools: holders that die, overrun, forget, or give back twice.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>30, "connection reset and reused" when its holder exits: here it is closed. Whatever the holder was in the middle of may still answer (DESIGN §2 rule 7).</item>
/// <item>36, transactions and busy connections: what of a protocol leaves a connection dirty is its connector's to see (<c>TryReturn</c>); that the pool heeds it is tested.</item>
/// </list>
/// </remarks>
public sealed class HolderCases : VirtualPoolTest
{
    [Fact]
    public void A_holder_that_ends_gives_its_connection_up_and_the_next_is_served_with_another()
    {
        // 30 · DBConnection client_test: holder exits
        var pool = Create(options => options.MaxSize = 1);
        var scope = new LeaseScope("request 7");
        var lease = AcquireFor(pool, scope);
        var next = BeginAcquire(pool);

        scope.Dispose();
        World.Run();

        Assert.Equal(2, next.GetAwaiter().GetResult().ConnectionId);
        Assert.Throws<LeaseRevokedException>(() => lease.Connection);
        Assert.Equal(CloseReason.HolderEnded, Connector.Closed.Single().Reason);
    }

    [Fact]
    public void A_holder_that_overruns_loses_its_lease_and_is_told_so_when_it_comes_back()
    {
        // 30 · DBConnection client_test: holder overruns its deadline
        var pool = Create(options => { options.MaxSize = 1; options.LeaseTimeout = Seconds(5); });
        var lease = Acquire(pool);
        var next = BeginAcquire(pool);

        World.Advance(Ms(4_999));
        Assert.True(lease.IsActive);
        World.Advance(Ms(1));

        Assert.Throws<LeaseRevokedException>(() => lease.Connection);
        Assert.Equal(2, next.GetAwaiter().GetResult().ConnectionId);
        lease.Dispose();
        Assert.True(next.GetAwaiter().GetResult().IsActive);
        Assert.Equal((1, 1), (pool.Snapshot().Revoked, pool.Snapshot().RepeatedReleases));
    }

    [Fact]
    public void A_stale_lease_stays_stale_when_its_connection_is_leased_again()
    {
        // 31 · DBConnection client_test "outdated connection reference"
        var pool = Create(options => options.MaxSize = 1);
        var stale = Acquire(pool);
        var connection = stale.Connection;
        stale.Dispose();
        var fresh = Acquire(pool);

        Assert.Same(connection, fresh.Connection);
        Assert.Throws<ObjectDisposedException>(() => stale.Connection);
        stale.MarkFaulty(new IOException("too late"));
        Assert.Throws<ObjectDisposedException>(() => stale.Detach());
        fresh.Dispose();
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void An_error_of_the_holder_replaces_the_connection_and_a_timeout_of_who_waits_does_not()
    {
        // 32 · nimble_pool: client throw, error, exit; queued client's timeout
        var pool = Create(options => { options.MaxSize = 1; options.AcquireTimeout = Seconds(1); });
        var failing = pool.UseAsync<ScriptedConnection>(static (_, _) => throw new InvalidOperationException("holder failed")).AsTask();
        World.Run();
        Failure<InvalidOperationException>(failing);
        var lease = Acquire(pool);
        var queued = BeginAcquire(pool);

        World.Advance(Seconds(1));
        Failure<AcquireTimeoutException>(queued);
        lease.Dispose();

        Assert.Equal(2, Acquire(pool).ConnectionId);
        Assert.Equal([CloseReason.Fault], Connector.Closed.Select(closed => closed.Reason));
    }

    [Fact]
    public void A_lease_that_lasts_too_long_is_reported_with_its_stack_and_again_when_it_comes_back()
    {
        // 33 · HikariCP MiscTest.testLeakDetection
        var pool = Create(options => { options.LeakWarningAfter = Seconds(2); options.CaptureStacks = true; });
        using var events = World.Listen(pool);
        var lease = AcquireFor(pool, "invoice 7");

        events.ExpectNone<LeaseSuspected>(during: Seconds(1));
        var suspected = events.Expect<LeaseSuspected>(within: Seconds(1));
        events.ExpectNone<LeaseSuspected>(during: Seconds(9));
        Assert.Equal(("invoice 7", Seconds(2)), (suspected.Holder, suspected.Held));
        Assert.Contains(nameof(AcquireFor), suspected.Stack, StringComparison.Ordinal);
        Assert.True(lease.IsActive);

        lease.Dispose();
        Assert.Equal(Seconds(11), events.Expect<LeaseReturnedLate>(within: TimeSpan.Zero).Held);
        events.ExpectNone<PoolEvent>();
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void Leases_that_are_out_when_the_options_change_are_held_to_the_new_ones()
    {
        // 33 · the same, switched on while the leak is there
        var pool = Create();
        using var events = World.Listen(pool);
        var lease = Acquire(pool);

        _ = pool.ReconfigureAsync(new PoolOptions { Name = "test", LifetimeJitter = 0, LeakWarningAfter = Seconds(2), LeaseTimeout = Seconds(5) });
        World.Advance(Seconds(2));
        Assert.Single(events.Heard.OfType<LeaseSuspected>());
        World.Advance(Seconds(3));

        Assert.False(lease.IsActive);
        Assert.Equal(CloseReason.LeaseTimeout, Assert.Single(events.Heard.OfType<LeaseRevoked>()).Reason);
    }

    [Fact]
    public void Reclaiming_a_lease_that_is_being_returned_has_one_winner()
    {
        // 34 · commons TestAbandonedObjectPool.testRemoveAbandonedWhileReturning, testConcurrentInvalidation
        Connector = ScriptedConnection.Connector(ConnectorSteps.All);
        var pool = ConnectionPool.Create(Connector, new PoolOptions { MaxSize = 2, AcquireTimeout = Timeout.InfiniteTimeSpan });
        using var start = new Barrier(2);
        LeaseScope? scope = null;
        var ender = Task.Factory.StartNew(
            () =>
            {
                for (var round = 0; round < 500; round++)
                {
                    start.SignalAndWait();
                    scope!.Dispose();
                    start.SignalAndWait();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        for (var round = 0; round < 500; round++)
        {
            scope = new LeaseScope("round");
            var lease = pool.AcquireAsync(new AcquireLease(Holder: scope)).AsTask().GetAwaiter().GetResult();
            start.SignalAndWait();
            lease.Dispose();
            start.SignalAndWait();
            Assert.False(lease.IsActive);
        }

        ender.GetAwaiter().GetResult();
        Assert.Equal(0, pool.Snapshot().Leased);
        pool.DrainAsync().GetAwaiter().GetResult();
        Assert.Equal(Connector.OpenedCount, Connector.Closed.Count);
    }

    [Fact]
    public void A_lease_that_became_garbage_is_found_and_its_slot_serves_who_waits()
    {
        // 34 · commons TestAbandonedObjectPool: abandoned for good
        var pool = Create(options => { options.MaxSize = 1; options.LeakDetection = LeakDetection.All; });
        using var events = World.Listen(pool);
        Forget(pool);
        var waiter = BeginAcquire(pool);

        for (var attempt = 0; attempt < 20 && !waiter.IsCompleted; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            World.Run();
        }

        Assert.Equal(2, waiter.GetAwaiter().GetResult().ConnectionId);
        Assert.Equal(1, pool.Snapshot().Lost);
        Assert.Equal(CloseReason.LeaseLost, events.Expect<LeaseRevoked>(revoked => revoked.Holder == "forgetful", TimeSpan.Zero).Reason);
        events.ExpectNone<LeaseRevoked>();
    }

    [Fact]
    public void A_lease_that_was_returned_or_is_still_held_is_no_loss()
    {
        // 34 · commons TestAbandonedObjectPool: nothing that is in use is taken
        var pool = Create(options => options.LeakDetection = LeakDetection.All);
        var held = Acquire(pool);
        Return(pool);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        World.Run();

        Assert.True(held.IsActive);
        Assert.Equal(0, pool.Snapshot().Lost);
        held.Dispose();
    }

    [Fact]
    public void A_second_return_is_counted_and_changes_nothing_whichever_way_the_lease_has_ended()
    {
        // 35 · commons testMultipleReturn; reactor eachBorrowerCanOnlyReleaseOnce; puddle TestResourcePanicsOnUsageWhenNotAcquired; HikariCP testDoubleClose
        var pool = Create(options => options.MaxSize = 2);
        var copies = new Action<Lease<ScriptedConnection>>[]
        {
            static lease => lease.Dispose(),
            static lease => lease.ReturnWithoutReset(),
            static lease => lease.ReturnWith(static (_, _) => default),
        };
        var repeated = 0;
        foreach (var first in copies)
        {
            foreach (var second in copies)
            {
                var lease = Acquire(pool);
                first(lease);
                World.Run();
                var other = Acquire(pool);
                second(lease);
                World.Run();
                Assert.True(other.IsActive);
                Assert.Equal(++repeated, pool.Snapshot().RepeatedReleases);
                other.Dispose();
            }
        }

        Assert.Equal((1, 0), (pool.Snapshot().Idle, pool.Snapshot().Leased));
    }

    [Fact]
    public void A_connection_that_comes_back_dirty_is_not_pooled_and_a_panic_returns_the_lease()
    {
        // 36 · pgxpool TestConnReleaseClosesConnInTransaction, …InFailedTransaction, …ClosesBusyConn, TestPoolQueryRowScanPanicReleasesConnection
        Connector = ScriptedConnection.Connector(ConnectorSteps.All);
        Connector.Returns = static connection => connection.Id != 1;
        Connector.Resets.Next(StepPlan.Fail(new IOException("rollback failed")));
        var pool = Create(options => options.MaxSize = 1);
        for (var use = 0; use < 2; use++)
        {
            Acquire(pool).Dispose();
            World.Run();
        }

        var panics = pool.UseAsync<ScriptedConnection>(static (_, _) => throw new NotSupportedException("panic")).AsTask();
        World.Run();
        Failure<NotSupportedException>(panics);
        var lease = Acquire(pool);

        Assert.Equal(4, lease.ConnectionId);
        Assert.Equal([CloseReason.NotReturned, CloseReason.ResetFailed, CloseReason.Fault], Connector.Closed.Select(closed => closed.Reason));
    }

    [Fact]
    public void A_shared_connection_that_fails_under_several_holders_closes_after_the_last_and_takes_no_more()
    {
        // 36 · the same for connections with several leases
        var pool = Create(options => { options.MaxSize = 2; options.MaxLeasesPerConnection = 3; });
        var leases = Enumerable.Range(0, 3).Select(_ => Acquire(pool)).ToList();
        Assert.Equal([1, 1, 1], leases.Select(lease => lease.ConnectionId));

        leases[0].MarkFaulty(new IOException("broken pipe"));
        leases[1].MarkFaulty(new IOException("broken pipe"));
        leases[0].Dispose();
        var next = Acquire(pool);
        Assert.Equal(2, next.ConnectionId);
        leases[1].Dispose();
        World.Run();
        Assert.Empty(Connector.Closed);
        Assert.True(leases[2].IsActive);
        leases[2].Dispose();
        World.Run();

        Assert.Equal([CloseReason.Fault], Connector.Closed.Select(closed => closed.Reason));
        next.Dispose();
    }

    [Fact]
    public void One_of_several_holders_that_overruns_loses_its_lease_alone()
    {
        // 30 · the same for connections with several leases
        var pool = Create(options => { options.MaxSize = 1; options.MaxLeasesPerConnection = 2; options.LeaseTimeout = Seconds(5); });
        var overruns = Acquire(pool);
        World.Advance(Seconds(3));
        var other = Acquire(pool);
        var waiter = BeginAcquire(pool);

        World.Advance(Seconds(2));
        Assert.False(overruns.IsActive);
        Assert.Equal(1, other.Connection.Id);
        Assert.False(waiter.IsCompleted);
        other.Dispose();
        World.Run();

        Assert.Equal(2, waiter.GetAwaiter().GetResult().ConnectionId);
        Assert.Equal([CloseReason.LeaseTimeout], Connector.Closed.Select(closed => closed.Reason));
    }

    Lease<ScriptedConnection> AcquireFor(ConnectionPool<ScriptedConnection> pool, object holder)
    {
        var acquire = pool.AcquireAsync(new AcquireLease(Holder: holder)).AsTask();
        World.Run();
        return acquire.GetAwaiter().GetResult();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Forget(ConnectionPool<ScriptedConnection> pool) => AcquireFor(pool, "forgetful");

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Return(ConnectionPool<ScriptedConnection> pool) => Acquire(pool).Dispose();
}
