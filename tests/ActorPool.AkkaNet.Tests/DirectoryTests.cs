using ActorPool.TestKit;
using Akka.Actor;

namespace ActorPool.AkkaNet.Tests;

/// <summary>A directory by message: pools come and go, and each lets its leases finish.</summary>
public sealed class DirectoryTests() : PooledSystem(more: pools => pools
    .AddDirectory("tenants", (_, endpoint) => endpoint.Host == "unused" ? throw new InvalidOperationException("nobody has asked for it") : ScriptedConnection.Connector())
    .AddDirectory("few", (_, _) => ScriptedConnection.Connector(), directory => directory.MaxPools = 1))
{
    const string Key = "db:5432/a";

    [Fact]
    public async Task A_pool_that_drains_keeps_its_leases_when_another_has_taken_its_place()
    {
        var (lease, former) = Acquire(Key);
        Pools.Router.Tell(new ForPool("tenants", new DrainPool(Timeout.InfiniteTimeSpan), Key), TestActor);

        var (next, present) = await AcquireOfAnotherAsync(Key, former);

        Assert.NotEqual(former, present);
        Assert.True(lease.IsActive);
        Assert.Equal(1, lease.Connection.Id);
        lease.Dispose();
        Assert.True(ExpectMsg<PoolReply>(Patience).Snapshot!.IsClosed);
        Assert.True(next.IsActive);
        next.Dispose();
    }

    [Fact]
    public async Task A_pool_that_was_put_out_keeps_its_leases_and_its_actor_ends_when_they_have()
    {
        var (lease, former) = Acquire(Key, "few");

        var (other, _) = Acquire("db:5432/b", "few");
        await (await Sys.ActorSelection("/user/actorpool/few").ResolveOne(Patience)).Ask<Status.Failure>(new TakeSnapshot(), Patience);

        Assert.True(lease.IsActive);
        Watch(former);
        lease.Dispose();
        ExpectTerminated(former, Patience);
        Assert.True(other.IsActive);
        other.Dispose();
    }

    [Fact]
    public async Task A_holder_that_stops_loses_its_lease_of_a_pool_that_drains_too()
    {
        var holder = CreateTestProbe();
        Pools.Router.Tell(new ForPool("tenants", new AcquireLease(Patience, holder.Ref), Key), TestActor);
        var lease = ExpectMsg<LeaseGranted<ScriptedConnection>>(Patience).Claim();
        var former = LastSender;
        Pools.Router.Tell(new ForPool("tenants", new DrainPool(Timeout.InfiniteTimeSpan), Key), TestActor);
        var (next, _) = await AcquireOfAnotherAsync(Key, former);

        Sys.Stop(holder.Ref);

        Assert.True(ExpectMsg<PoolReply>(Patience).Snapshot!.IsClosed);
        Assert.Contains("has ended", Assert.Throws<LeaseRevokedException>(() => lease.Connection).Message, StringComparison.Ordinal);
        Assert.True(next.IsActive);
        next.Dispose();
    }

    [Fact]
    public async Task A_lease_is_released_by_message_also_when_its_pool_drains()
    {
        var (lease, former) = Acquire(Key);
        Pools.Router.Tell(new ForPool("tenants", new DrainPool(Timeout.InfiniteTimeSpan), Key), TestActor);
        var (next, _) = await AcquireOfAnotherAsync(Key, former);

        Pools.Router.Tell(new ForPool("tenants", new ReleaseLease<ScriptedConnection>(lease), Key), TestActor);

        Assert.True(ExpectMsg<PoolReply>(Patience).Snapshot!.IsClosed);
        Assert.False(lease.IsActive);
        Assert.True(next.IsActive);
        next.Dispose();
    }

    [Fact]
    public async Task A_lease_of_another_pool_is_refused_and_one_that_has_ended_is_ignored_and_no_pool_is_made_for_either()
    {
        using var other = await LeaseAsync();
        var (ended, _) = Acquire(Key);
        ended.Dispose();

        Pools.Router.Tell(new ForPool("tenants", new ReleaseLease<ScriptedConnection>(ended), "unused:5432"), TestActor);
        Pools.Router.Tell(new ForPool("tenants", new ReleaseLease<ScriptedConnection>(other), "unused:5432"), TestActor);

        Assert.Contains("for endpoint unused:5432, of which it is not", ExpectMsg<Status.Failure>(Patience).Cause.Message, StringComparison.Ordinal);
        Assert.True(other.IsActive);
    }

    [Fact]
    public async Task A_pool_that_is_closed_has_no_actor_any_more_and_its_last_notice_is_told()
    {
        var (lease, former) = Acquire(Key);
        lease.Dispose();
        Pools.Router.Tell(new ForPool("tenants", Subscribe.Instance, Key), TestActor);
        ExpectMsg<Subscribed>(Patience);
        Watch(former);

        Pools.Router.Tell(new ForPool("tenants", new DrainPool(), Key), CreateTestProbe().Ref);

        FishForMessage<PoolNotice>(static notice => notice.Event is PoolClosed, Patience);
        ExpectTerminated(former, Patience);
        var (next, present) = await AcquireOfAnotherAsync(Key, former);
        Assert.NotEqual(former, present);
        next.Dispose();
    }

    [Fact]
    public void Two_ways_to_write_an_endpoint_are_one_actor()
    {
        var (first, one) = Acquire(Key);
        var (second, other) = Acquire("DB:5432/a");

        Assert.Equal(one, other);
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public async Task The_actor_of_a_pool_that_somebody_has_stopped_is_made_again()
    {
        var (lease, former) = Acquire(Key);
        lease.Dispose();
        Watch(former);
        Sys.Stop(former);
        ExpectTerminated(former, Patience);

        var (next, _) = await AcquireOfAnotherAsync(Key, former);

        next.Dispose();
    }

    (Lease<ScriptedConnection> Lease, IActorRef Pool) Acquire(string key, string directory = "tenants")
    {
        Pools.Router.Tell(new ForPool(directory, new AcquireLease(Patience), key), TestActor);
        return (ExpectMsg<LeaseGranted<ScriptedConnection>>(Patience).Claim(), LastSender);
    }

    /// <summary>Asks until another actor than the former grants a lease: that one refuses at first, if it is asked before the directory knows that its pool drains.</summary>
    async Task<(Lease<ScriptedConnection> Lease, IActorRef Pool)> AcquireOfAnotherAsync(string key, IActorRef former)
    {
        var asker = CreateTestProbe();
        for (var soon = Soon; ; soon.ThrowIfCancellationRequested())
        {
            Pools.Router.Tell(new ForPool("tenants", new AcquireLease(Patience, TestActor), key), asker.Ref);
            if (await asker.ReceiveOneAsync(TimeSpan.FromSeconds(1)) is LeaseGranted<ScriptedConnection> granted)
            {
                Assert.NotEqual(former, asker.LastSender);
                return (granted.Claim(), asker.LastSender);
            }
        }
    }
}
