using System.Runtime.CompilerServices;
using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>Leases whose holders keep them too long, end, or lose them.</summary>
public sealed class HolderTests : VirtualPoolTest
{
    [Fact]
    public void A_lease_that_lasts_too_long_is_revoked_its_holder_named_and_its_slot_freed()
    {
        var events = new List<PoolEvent>();
        var pool = Create(options => { options.MaxSize = 1; options.LeaseTimeout = Seconds(10); });
        using var subscription = pool.Subscribe(events.Add);
        var lease = Acquire(pool, "order 17");
        var waiter = BeginAcquire(pool, Seconds(60));

        World.Advance(Seconds(9.999));
        Assert.True(lease.IsActive);
        World.Advance(Ms(1));

        Assert.False(lease.IsActive);
        Assert.True(waiter.IsCompletedSuccessfully);
        var revoked = Assert.Single(events.OfType<LeaseRevoked>());
        Assert.Equal(("order 17", Seconds(10), CloseReason.LeaseTimeout), (revoked.Holder, revoked.Held, revoked.Reason));
        var error = Assert.Throws<LeaseRevokedException>(() => lease.Connection);
        Assert.Contains("LeaseTimeout", error.Message, StringComparison.Ordinal);
        lease.Dispose();
        Assert.Equal((1L, 1L), (pool.Snapshot().Revoked, pool.Snapshot().RepeatedReleases));
        waiter.Result.Dispose();
    }

    [Fact]
    public void Every_lease_has_the_whole_time_for_itself()
    {
        var pool = Create(options => options.LeaseTimeout = Seconds(10));
        for (var round = 0; round < 5; round++)
        {
            var lease = Acquire(pool);
            World.Advance(Seconds(9));
            lease.Dispose();
        }

        Assert.Equal((0L, 1L), (pool.Snapshot().Revoked, pool.Snapshot().Opened));
    }

    [Fact]
    public void A_lease_that_looks_like_a_leak_is_reported_once_and_again_when_it_comes_back()
    {
        var events = new List<PoolEvent>();
        var pool = Create(options => { options.LeakWarningAfter = Seconds(5); options.CaptureStacks = true; });
        using var subscription = pool.Subscribe(events.Add);
        var lease = Acquire(pool, "invoice 7");

        World.Advance(Seconds(60));
        var suspected = Assert.Single(events.OfType<LeaseSuspected>());
        Assert.Equal(("invoice 7", Seconds(5)), (suspected.Holder, suspected.Held));
        Assert.Contains(nameof(HolderTests), suspected.Stack, StringComparison.Ordinal);
        Assert.True(lease.IsActive);

        lease.Dispose();
        World.Run();
        Assert.Equal(Seconds(60), Assert.Single(events.OfType<LeaseReturnedLate>()).Held);
    }

    [Fact]
    public void A_warning_comes_before_the_revocation()
    {
        var events = new List<PoolEvent>();
        var pool = Create(options => { options.LeakWarningAfter = Seconds(2); options.LeaseTimeout = Seconds(6); });
        using var subscription = pool.Subscribe(events.Add);
        var lease = Acquire(pool);

        World.Advance(Seconds(10));

        Assert.Equal(
            [typeof(ConnectionOpened), typeof(LeaseSuspected), typeof(LeaseRevoked), typeof(ConnectionClosed)],
            events.Select(happened => happened.GetType()));
        Assert.False(lease.IsActive);
    }

    [Fact]
    public void When_a_scope_ends_its_leases_are_taken_back_and_its_waiters_fail()
    {
        using var cancellation = new CancellationTokenSource();
        using var scope = new LeaseScope("request 4", cancellation.Token);
        var pool = Create(options => options.MaxSize = 2);
        var mine = Acquire(pool, scope);
        var other = Acquire(pool);
        var waiter = pool.AcquireAsync(new AcquireLease(Holder: scope)).AsTask();
        World.Run();

        cancellation.Cancel();
        World.Run();

        Assert.True(scope.HasEnded);
        Assert.Equal(CloseReason.HolderEnded, Assert.Throws<LeaseRevokedException>(() => mine.Connection).Why);
        Assert.Contains("has ended", Failure<OperationCanceledException>(waiter).Message, StringComparison.Ordinal);
        Assert.True(other.IsActive);
        Assert.Equal(CloseReason.HolderEnded, Assert.Single(Connector.Closed).Reason);
        other.Dispose();
    }

    [Fact]
    public void A_scope_that_has_ended_gets_no_lease()
    {
        var scope = new LeaseScope("request 4");
        var pool = Create();
        scope.Dispose();

        var acquire = pool.AcquireAsync(new AcquireLease(Holder: scope)).AsTask();
        World.Run();

        Failure<OperationCanceledException>(acquire);
        Assert.Equal(0, pool.Snapshot().Leased);
    }

    [Fact]
    public async Task A_lease_that_is_garbage_is_found_its_holder_named_and_its_slot_freed()
    {
        var connector = ScriptedConnection.Connector();
        await using var pool = ConnectionPool.Create(
            connector, new PoolOptions { Name = "leaky", MaxSize = 1, LeakDetection = LeakDetection.All, AcquireTimeout = Seconds(30) });
        var lost = new TaskCompletionSource<LeaseRevoked>();
        using var subscription = pool.Subscribe(happened =>
        {
            if (happened is LeaseRevoked revoked)
            {
                lost.TrySetResult(revoked);
            }
        });
        Lose(pool, "the forgetful one");

        var next = pool.AcquireAsync().AsTask();
        while (!next.IsCompleted)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }

        (await next).Dispose();
        var found = await lost.Task;
        Assert.Equal(("the forgetful one", CloseReason.LeaseLost), (found.Holder, found.Reason));
        Assert.Equal(1, pool.Snapshot().Lost);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Lose(ConnectionPool<ScriptedConnection> pool, string holder) =>
            _ = pool.AcquireAsync(new AcquireLease(Holder: holder)).AsTask().GetAwaiter().GetResult();
    }

    [Fact]
    public async Task A_watched_lease_that_is_returned_is_not_taken_for_lost()
    {
        var connector = ScriptedConnection.Connector();
        await using var pool = ConnectionPool.Create(connector, new PoolOptions { MaxSize = 1, LeakDetection = LeakDetection.All });
        for (var round = 0; round < 100; round++)
        {
            (await pool.AcquireAsync()).Dispose();
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Equal((0L, 1L), (pool.Snapshot().Lost, pool.Snapshot().Opened));
    }

    [Fact]
    public void A_lease_of_another_pool_is_refused_and_stays_as_it_is()
    {
        var pool = Create();
        var other = Create();
        using var lease = Acquire(other);

        var error = Assert.Throws<ForeignLeaseException>(() => pool.Ref.Tell(new ReleaseLease<ScriptedConnection>(lease)));

        Assert.Contains("has refused it", error.Message, StringComparison.Ordinal);
        Assert.True(lease.IsActive);
        Assert.Equal((0, 1), (pool.Snapshot().Size, other.Snapshot().Leased));
    }

    [Fact]
    public void A_connection_that_was_taken_out_can_be_handed_in_to_another_pool()
    {
        var pool = Create();
        var other = Create(options => options.MaxSize = 1);
        var connection = Acquire(pool).Detach();

        Assert.True(other.TryAttach(connection));
        World.Run();

        using var lease = Acquire(other);
        Assert.Same(connection, lease.Connection);
        Assert.Equal((0, 1), (pool.Snapshot().Size, other.Snapshot().Size));
    }

    [Fact]
    public void A_connection_that_is_handed_in_is_leased_as_it_is_and_reset_like_any_other_after_that()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reset);
        var pool = Create();
        var connection = Acquire(pool).Detach();

        Assert.True(pool.TryAttach(connection));
        World.Run();
        var lease = Acquire(pool);

        Assert.Equal((connection, 0), (lease.Connection, Connector.Resets.Calls));

        lease.Dispose();
        World.Run();

        Assert.Equal(1, Connector.Resets.Calls);
    }

    [Fact]
    public void A_full_pool_takes_no_connection_in()
    {
        var pool = Create(options => options.MaxSize = 1);
        using var lease = Acquire(pool);
        var stranger = new ScriptedConnection(99);

        Assert.False(pool.TryAttach(stranger));
        Assert.Equal(1, pool.Snapshot().Size);
    }

    [Fact]
    public void A_return_may_skip_the_reset_or_bring_its_own()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reset);
        var pool = Create();
        var own = new List<long>();

        Acquire(pool).Dispose();
        World.Run();
        Acquire(pool).ReturnWithoutReset();
        World.Run();
        Acquire(pool).ReturnWith((connection, _) =>
        {
            own.Add(connection.Id);
            return default;
        });
        World.Run();

        Assert.Equal(1, Connector.Resets.Calls);
        Assert.Equal([1L], own);
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void A_reset_of_ones_own_that_throws_closes_the_connection()
    {
        var pool = Create();

        Acquire(pool).ReturnWith((_, _) => throw new InvalidOperationException("cannot roll back"));
        World.Run();

        Assert.Equal(CloseReason.ResetFailed, Assert.Single(Connector.Closed).Reason);
    }
}
