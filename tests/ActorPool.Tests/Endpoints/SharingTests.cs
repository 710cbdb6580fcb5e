using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>Connections with several leases at once.</summary>
public sealed class SharingTests : VirtualPoolTest
{
    [Fact]
    public void Leases_spread_over_the_connections_the_least_leased_first()
    {
        var pool = Create(options => { options.MinSize = 3; options.MaxSize = 3; options.MaxLeasesPerConnection = 4; });

        var leases = Enumerable.Range(0, 12).Select(_ => Acquire(pool)).ToList();

        Assert.Equal([4, 4, 4], leases.CountBy(lease => lease.ConnectionId).Select(group => group.Value));
        Assert.All(leases.Chunk(3), row => Assert.Equal(3, row.Select(lease => lease.ConnectionId).Distinct().Count()));
        Assert.Equal(12, pool.Snapshot().Leases.Count());
        leases.ForEach(lease => lease.Dispose());
        Assert.Equal(3, pool.Snapshot().Idle);
    }

    [Fact]
    public void Another_connection_is_opened_only_when_all_are_full()
    {
        var pool = Create(options => { options.MaxSize = 2; options.MaxLeasesPerConnection = 2; });

        var leases = Enumerable.Range(0, 3).Select(_ => Acquire(pool)).ToList();

        Assert.Equal([1L, 1L, 2L], leases.Select(lease => lease.ConnectionId));
        leases.ForEach(lease => lease.Dispose());
    }

    [Fact]
    public void Waiters_get_the_seats_that_are_returned_in_order_of_arrival()
    {
        var pool = Create(options => { options.MaxSize = 1; options.MaxLeasesPerConnection = 2; });
        var first = Acquire(pool);
        var second = Acquire(pool);
        var third = BeginAcquire(pool);
        var fourth = BeginAcquire(pool);

        second.Dispose();
        World.Run();
        Assert.True(third.IsCompletedSuccessfully);
        Assert.False(fourth.IsCompleted);
        first.Dispose();
        World.Run();

        fourth.Result.Dispose();
        third.Result.Dispose();
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void A_lease_that_has_ended_cannot_touch_the_others_of_its_connection()
    {
        var pool = Create(options => { options.MaxSize = 1; options.MaxLeasesPerConnection = 2; });
        var first = Acquire(pool);
        var second = Acquire(pool);

        first.Dispose();
        first.Dispose();
        first.MarkFaulty();

        Assert.False(first.IsActive);
        Assert.True(second.IsActive);
        Assert.Equal((1, 1L), (pool.Snapshot().Leases.Count(), pool.Snapshot().RepeatedReleases));
        second.Dispose();
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void A_faulty_connection_gets_no_more_leases_and_closes_with_its_last()
    {
        var pool = Create(options => { options.MaxSize = 2; options.MaxLeasesPerConnection = 3; });
        var first = Acquire(pool);
        var second = Acquire(pool);

        first.MarkFaulty(new IOException("reset"));
        var third = Acquire(pool);
        first.Dispose();
        World.Run();

        Assert.NotEqual(second.ConnectionId, third.ConnectionId);
        Assert.True(second.IsActive);
        Assert.Empty(Connector.Closed);
        second.Dispose();
        World.Run();
        Assert.Equal(CloseReason.Fault, Assert.Single(Connector.Closed).Reason);
        third.Dispose();
    }

    [Fact]
    public void A_revoked_lease_leaves_the_others_alone_and_its_connection_closes_after_them()
    {
        var pool = Create(options => { options.MaxSize = 1; options.MaxLeasesPerConnection = 2; options.LeaseTimeout = Seconds(10); });
        var slow = Acquire(pool);
        World.Advance(Seconds(5));
        var other = Acquire(pool);

        World.Advance(Seconds(5));

        Assert.False(slow.IsActive);
        Assert.True(other.IsActive);
        Assert.Empty(Connector.Closed);
        other.Dispose();
        World.Run();
        Assert.Equal(CloseReason.LeaseTimeout, Assert.Single(Connector.Closed).Reason);
    }

    [Fact]
    public void A_shared_connection_cannot_be_taken_out_while_others_use_it()
    {
        var pool = Create(options => { options.MaxSize = 1; options.MaxLeasesPerConnection = 2; });
        var first = Acquire(pool);
        var second = Acquire(pool);

        Assert.Throws<InvalidOperationException>(() => first.Detach());
        Assert.True(first.IsActive);
        second.Dispose();
        first.Detach();
        Assert.Equal(0, pool.Snapshot().Size);
    }

    [Fact]
    public void A_reset_waits_for_the_last_lease()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reset);
        var pool = Create(options => { options.MaxSize = 1; options.MaxLeasesPerConnection = 2; });
        var first = Acquire(pool);
        var second = Acquire(pool);

        first.Dispose();
        World.Run();
        Assert.Equal(0, Connector.Resets.Calls);
        second.Dispose();
        World.Run();
        Assert.Equal(1, Connector.Resets.Calls);
    }

    [Fact]
    public void A_pool_made_smaller_gives_up_no_more_shared_connections_than_are_too_many()
    {
        var pool = Create(options => { options.MaxSize = 4; options.MaxLeasesPerConnection = 2; });
        var leases = Enumerable.Range(0, 8).Select(_ => Acquire(pool)).ToList();

        Done(pool.ResizeAsync(0, 3));
        leases.DistinctBy(lease => lease.ConnectionId).ToList().ForEach(lease => lease.Dispose());
        World.Run();

        Enumerable.Range(0, 3).ToList().ForEach(_ => leases.Add(Acquire(pool)));
        leases.ForEach(lease => lease.Dispose());
        World.Run();
        Assert.Equal((3, CloseReason.Resized), (pool.Snapshot().Size, Assert.Single(Connector.Closed).Reason));
    }

    [Fact]
    public void Shared_connections_are_replaced_one_after_the_other_where_there_is_no_room_for_successors()
    {
        var pool = Create(options => { options.MaxSize = 2; options.MaxLeasesPerConnection = 2; });
        var leases = Enumerable.Range(0, 4).Select(_ => Acquire(pool)).ToList();

        Done(pool.ReconfigureAsync(new PoolOptions { Name = "test", MaxSize = 2, MaxLeasesPerConnection = 2 }));
        leases.DistinctBy(lease => lease.ConnectionId).ToList().ForEach(lease => lease.Dispose());
        World.Run();

        leases.Add(Acquire(pool));
        leases.ForEach(lease => lease.Dispose());
        World.Run();
        Assert.All(Connector.Closed, closed => Assert.Equal(CloseReason.Reconfigured, closed.Reason));
        Assert.Equal(2, Connector.Closed.Count);
    }
}
