using ActorPool.TestKit;
using Akka.Actor;

namespace ActorPool.AkkaNet.Tests;

/// <summary>Leases by message: granted, refused, claimed, released.</summary>
public sealed class LeaseTests() : PooledSystem(options => options.MaxSize = 1)
{
    [Fact]
    public async Task Who_tells_is_granted_a_lease_that_he_claims()
    {
        Cache.Tell(default(AcquireLease), TestActor);

        var lease = ExpectMsg<LeaseGranted<ScriptedConnection>>(Patience).Claim();

        Assert.Equal(1, lease.Connection.Id);
        Assert.Equal(TestActor.Path.ToString(), Assert.Single(Pool.Snapshot().Connections).Holder);
        lease.Dispose();
        await UntilAsync(pool => pool.Idle == 1);
    }

    [Fact]
    public async Task Who_asks_has_a_lease_of_nobody_in_particular()
    {
        using var lease = await LeaseAsync();

        Assert.True(lease.IsActive);
        Assert.Null(Assert.Single(Pool.Snapshot().Connections).Holder);
    }

    [Fact]
    public async Task A_waiter_is_answered_when_a_lease_is_released_by_message()
    {
        var first = await LeaseAsync();
        Cache.Tell(new AcquireLease(Patience), TestActor);
        await UntilAsync(pool => pool.Waiting == 1);

        Cache.Tell(new ReleaseLease<ScriptedConnection>(first), TestActor);

        ExpectMsg<LeaseGranted<ScriptedConnection>>(Patience).Claim().Dispose();
        Assert.Equal(1, Connector.OpenedCount);
    }

    [Fact]
    public async Task A_request_that_gets_none_is_refused_with_the_reason_and_the_numbers()
    {
        using var lease = await LeaseAsync();

        Cache.Tell(new AcquireLease(TimeSpan.Zero), TestActor);

        var refused = ExpectMsg<LeaseRefused>(Patience);
        Assert.Equal(PoolFailureReason.AcquireTimeout, refused.Reason);
        Assert.Contains("1 leased", refused.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<AcquireTimeoutException>(() => Cache.AskLeaseAsync<ScriptedConnection>(new AcquireLease(TimeSpan.Zero), Soon));
    }

    [Fact]
    public async Task A_time_limit_that_makes_no_sense_is_refused_and_the_actor_lives()
    {
        Cache.Tell(new AcquireLease(TimeSpan.FromSeconds(-5)), TestActor);

        Assert.IsAssignableFrom<ArgumentException>(ExpectMsg<LeaseRefused>(Patience).Failure);
        (await LeaseAsync()).Dispose();
    }

    [Fact]
    public async Task An_ask_that_was_cancelled_leaves_no_lease_behind()
    {
        var first = await LeaseAsync();
        using var cancellation = new CancellationTokenSource();
        var asking = Cache.AskLeaseAsync<ScriptedConnection>(new AcquireLease(Patience), cancellation.Token);
        await UntilAsync(pool => pool.Waiting == 1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        // Granted to somebody who is gone; nobody says so.
        first.Dispose();
        await UntilAsync(pool => pool is { Leased: 1, Waiting: 0 });
        await TurnUntilAsync(pool => pool.Idle == 1);

        (await LeaseAsync()).Dispose();
        Assert.Equal(1, Connector.OpenedCount);
    }

    [Fact]
    public async Task A_lease_that_nobody_claims_is_taken_back_after_the_claim_timeout_and_not_before()
    {
        Cache.Tell(default(AcquireLease), TestActor);
        var granted = ExpectMsg<LeaseGranted<ScriptedConnection>>(Patience);

        Time.Advance(TimeSpan.FromSeconds(4.9));
        await Cache.Ask<PoolReply>(new TakeSnapshot(), Patience);
        Assert.True(granted.IsOpen);

        await TurnUntilAsync(pool => pool.Idle == 1);
        var error = Assert.Throws<LeaseRevokedException>(() => granted.Claim());
        Assert.Contains("nobody claimed it in time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_of_another_pool_cannot_be_released_here()
    {
        await using var other = ConnectionPool.Create(ScriptedConnection.Connector(), new PoolOptions { Name = "other" });
        using var lease = await other.AcquireAsync();

        Cache.Tell(new ReleaseLease<ScriptedConnection>(lease), TestActor);

        Assert.IsType<ForeignLeaseException>(ExpectMsg<Status.Failure>(Patience).Cause);
        Assert.True(lease.IsActive);
    }

    [Fact]
    public async Task A_connection_that_was_marked_faulty_is_replaced()
    {
        var lease = await LeaseAsync();

        Cache.Tell(new MarkFaulty<ScriptedConnection>(lease, new IOException("reset")), TestActor);
        Cache.Tell(new ReleaseLease<ScriptedConnection>(lease), TestActor);

        using var next = await LeaseAsync();
        Assert.Equal(2, next.Connection.Id);
        Assert.Equal(CloseReason.Fault, Assert.Single(Connector.Closed).Reason);
    }

    [Fact]
    public void The_router_hands_on_to_the_pool_of_a_name()
    {
        Pools.Router.Tell(new ForPool("cache", default(AcquireLease)), TestActor);

        ExpectMsg<LeaseGranted<ScriptedConnection>>(Patience).Claim().Dispose();
        Assert.Equal(Cache, LastSender);
    }

    [Fact]
    public async Task A_pool_that_there_is_not_is_refused_with_the_nearest_name()
    {
        Pools.Router.Tell(new ForPool("cahce", default(AcquireLease)), TestActor);
        Assert.Contains("did you mean 'cache'", ExpectMsg<LeaseRefused>(Patience).Failure.Message, StringComparison.Ordinal);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => Pools.Router.Ask<PoolReply>(new ForPool("cahce", new TakeSnapshot()), Patience));
        Assert.Contains("did you mean 'cache'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_does_not_matter_in_a_pools_name()
    {
        Pools.Router.Tell(new ForPool("CACHE", default(AcquireLease)), TestActor);

        ExpectMsg<LeaseGranted<ScriptedConnection>>(Patience).Claim().Dispose();
        Assert.Same(Pool, Pools.Get<ScriptedConnection>("Cache"));
    }

    [Fact]
    public async Task Who_expects_another_connection_is_told_and_the_lease_goes_back()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Cache.AskLeaseAsync<Stream>(default, Soon));

        Assert.Contains("not a lease of a Stream", error.Message, StringComparison.Ordinal);
        await TurnUntilAsync(pool => pool.Idle == 1);
    }

    async Task TurnUntilAsync(Func<PoolOverview, bool> expected) => await AwaitAssertAsync(
        () =>
        {
            Time.Advance(TimeSpan.FromSeconds(1.25));
            Assert.True(expected(Pool.Overview()), Pool.Snapshot().ToString());
        },
        Patience,
        TimeSpan.FromMilliseconds(10));
}
