using ActorPool.TestKit;

namespace ActorPool.Tests;

/// <summary>A lease's promises: it ends once, and afterwards reaches nothing.</summary>
public sealed class LeaseTests : VirtualPoolTest
{
    [Fact]
    public void A_lease_that_has_ended_gives_no_connection()
    {
        var lease = Acquire(Create());
        lease.Dispose();

        Assert.False(lease.IsActive);
        var error = Assert.Throws<ObjectDisposedException>(() => lease.Connection);
        Assert.Contains("Lease of pool 'test'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => lease.Items);
        Assert.Throws<ObjectDisposedException>(() => lease.Detach());
    }

    [Fact]
    public void A_second_dispose_is_ignored_and_counted()
    {
        var pool = Create();
        var lease = Acquire(pool);

        lease.Dispose();
        lease.Dispose();

        Assert.Equal(1, pool.Snapshot().Idle);
        Assert.Equal(1, pool.Snapshot().RepeatedReleases);
    }

    [Fact]
    public void An_old_lease_cannot_return_the_connection_of_the_next_holder()
    {
        var pool = Create(options => options.MaxSize = 1);
        var old = Acquire(pool);
        old.Dispose();
        var next = Acquire(pool);

        old.Dispose();
        old.MarkFaulty();

        Assert.True(next.IsActive);
        Assert.Equal(1, pool.Snapshot().Leased);
        next.Dispose();
        Assert.Empty(Connector.Closed);
    }

    [Fact]
    public void A_copy_is_the_same_lease()
    {
        var pool = Create();
        var lease = Acquire(pool);
        var copy = lease;

        copy.Dispose();

        Assert.False(lease.IsActive);
        Assert.True(copy == lease);
        Assert.Equal(copy.GetHashCode(), lease.GetHashCode());
    }

    [Fact]
    public void The_default_lease_is_inert()
    {
        var lease = default(Lease<ScriptedConnection>);

        lease.Dispose();
        lease.MarkFaulty();

        Assert.False(lease.IsActive);
        Assert.Throws<ObjectDisposedException>(() => lease.Connection);
    }

    [Fact]
    public void A_faulty_connection_is_closed_when_its_lease_ends_and_replaced_for_who_waits()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var waiter = BeginAcquire(pool);

        lease.MarkFaulty(new IOException("reset"));
        Assert.Empty(Connector.Closed);
        Assert.Equal("IOException: reset", Assert.Single(pool.Snapshot().Connections).LastError);
        lease.Dispose();
        World.Run();

        Assert.Equal(CloseReason.Fault, Assert.Single(Connector.Closed).Reason);
        Assert.Equal(2, waiter.GetAwaiter().GetResult().ConnectionId);
    }

    [Fact]
    public void A_detached_connection_is_the_callers_and_its_slot_is_free()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var waiter = BeginAcquire(pool);

        var connection = lease.Detach();
        World.Run();

        Assert.Equal(1, connection.Id);
        Assert.False(lease.IsActive);
        Assert.Equal(2, waiter.GetAwaiter().GetResult().ConnectionId);
        Assert.Empty(Connector.Closed);
    }

    [Fact]
    public void Items_stay_with_the_connection_from_holder_to_holder_and_go_with_it()
    {
        var pool = Create(options => options.MaxSize = 1);
        using (var lease = Acquire(pool))
        {
            lease.Items["statements"] = 7;
        }

        using (var lease = Acquire(pool))
        {
            Assert.Equal(7, lease.Items["statements"]);
            lease.MarkFaulty();
        }

        World.Run();
        using (var lease = Acquire(pool))
        {
            Assert.Empty(lease.Items);
        }
    }

    [Fact]
    public void A_lease_knows_when_its_connection_opened_and_how_often_it_was_used()
    {
        var pool = Create();
        var opened = World.Time.GetUtcNow();
        Acquire(pool).Dispose();
        World.Advance(Seconds(3));

        using var lease = Acquire(pool);

        Assert.Equal(opened, lease.OpenedAt);
        Assert.Equal(2, lease.UseCount);
    }

    [Fact]
    public void Disposing_asynchronously_is_complete_at_once()
    {
        var lease = Acquire(Create());

        Assert.True(lease.DisposeAsync().IsCompletedSuccessfully);
        Assert.False(lease.IsActive);
    }
}
