using ActorPool.AkkaNet.Tests.Support;
using ActorPool.TestKit;
using Akka.Actor;

namespace ActorPool.AkkaNet.Tests;

/// <summary>What makes no sense costs its sender a refusal, and nobody else anything: least of all the leases that others hold.</summary>
public sealed class BadMessageTests() : PooledSystem(options => options.MaxSize = 2)
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_message_for_no_pool_is_refused_and_leases_by_message_go_on(string? pool)
    {
        var lease = await LeaseAsync(CreateTestProbe().Ref);

        Pools.Router.Tell(new ForPool(pool!, default(AcquireLease)), TestActor);

        Assert.Contains("Pool is empty", ExpectMsg<LeaseRefused>(Patience).Failure.Message, StringComparison.Ordinal);
        await AssertAliveAsync(lease);
    }

    [Fact]
    public async Task No_message_for_a_pool_is_refused_and_leases_by_message_go_on()
    {
        var lease = await LeaseAsync(CreateTestProbe().Ref);

        Pools.Router.Tell(new ForPool("cache", null!), TestActor);

        Assert.Contains("no Message for pool 'cache'", ExpectMsg<Status.Failure>(Patience).Cause.Message, StringComparison.Ordinal);
        await AssertAliveAsync(lease);
    }

    [Fact]
    public async Task No_lease_can_be_neither_released_nor_marked_and_leases_by_message_go_on()
    {
        var lease = await LeaseAsync(CreateTestProbe().Ref);

        Cache.Tell(default(ReleaseLease<ScriptedConnection>), TestActor);
        Cache.Tell(new MarkFaulty<ScriptedConnection>(default, new IOException("reset")), TestActor);
        Cache.Tell(Unsubscribe.Instance, ActorRefs.NoSender);

        Assert.IsType<ForeignLeaseException>(ExpectMsg<Status.Failure>(Patience).Cause);
        await AssertAliveAsync(lease);
    }

    [Fact]
    public async Task A_message_that_the_pools_actor_fails_at_is_answered_with_the_failure_and_leases_by_message_go_on()
    {
        var lease = await LeaseAsync(CreateTestProbe().Ref);

        Cache.Tell(new AcquireLease(Patience, new FailingRef()), TestActor);

        Assert.Equal("no path", ExpectMsg<LeaseRefused>(Patience).Failure.Message);
        await AssertAliveAsync(lease);
    }

    async Task AssertAliveAsync(Lease<ScriptedConnection> lease)
    {
        // Behind whatever the message has set off.
        (await Pools.Router.Ask<LeaseGranted<ScriptedConnection>>(new ForPool("cache", default(AcquireLease)), Patience)).Claim().Dispose();
        await Cache.Ask<PoolReply>(new TakeSnapshot(), Patience);

        Assert.True(lease.IsActive);
        lease.Dispose();
    }
}
