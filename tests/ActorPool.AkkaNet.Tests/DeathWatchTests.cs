using ActorPool.AkkaNet.Tests.Support;
using ActorPool.TestKit;
using Akka.Actor;

namespace ActorPool.AkkaNet.Tests;

/// <summary>A lease belongs to its holder: when that actor is gone, its connection is closed and the slot is free.</summary>
public sealed class DeathWatchTests() : PooledSystem(options => options.MaxSize = 2)
{
    [Fact]
    public async Task A_holder_that_stops_loses_its_lease()
    {
        var holder = ActorOf(WorkerActor.Props(Cache, TestActor, hasHolder: false));
        holder.Tell("lease");
        var lease = ExpectMsg<Lease<ScriptedConnection>>(Patience);

        holder.Tell(PoisonPill.Instance);

        await LostAsync(lease);
    }

    [Fact]
    public async Task A_holder_that_crashes_and_is_stopped_loses_its_lease()
    {
        var holder = ActorOf(Props.Create(() => new Stopping(WorkerActor.Props(Cache, TestActor, false))));
        holder.Tell("lease");
        var lease = ExpectMsg<Lease<ScriptedConnection>>(Patience);

        holder.Tell("crash");

        await LostAsync(lease);
    }

    [Fact]
    public async Task A_holder_that_crashes_and_restarts_loses_what_its_former_life_held()
    {
        var holder = ActorOf(WorkerActor.Props(Cache, TestActor, hasHolder: true));
        holder.Tell("lease");
        var former = ExpectMsg<Lease<ScriptedConnection>>(Patience);

        holder.Tell("crash");
        await LostAsync(former);
        holder.Tell("lease");

        var present = ExpectMsg<Lease<ScriptedConnection>>(Patience);
        Assert.True(present.IsActive);
        present.Dispose();
    }

    [Fact]
    public async Task Without_a_holder_of_its_own_a_restarted_actor_keeps_its_lease()
    {
        var holder = ActorOf(WorkerActor.Props(Cache, TestActor, hasHolder: false));
        holder.Tell("lease");
        var lease = ExpectMsg<Lease<ScriptedConnection>>(Patience);

        holder.Tell("crash");
        holder.Tell("lease");
        var second = ExpectMsg<Lease<ScriptedConnection>>(Patience);

        Assert.True(lease.IsActive);
        holder.Tell(PoisonPill.Instance);
        await LostAsync(lease);
        await LostAsync(second);
    }

    [Fact]
    public async Task A_holder_that_asked_twice_loses_both()
    {
        var holder = ActorOf(WorkerActor.Props(Cache, TestActor, hasHolder: true));
        holder.Tell("lease");
        holder.Tell("lease");
        var leases = new[] { ExpectMsg<Lease<ScriptedConnection>>(Patience), ExpectMsg<Lease<ScriptedConnection>>(Patience) };
        Assert.NotEqual(leases[0], leases[1]);

        holder.Tell(PoisonPill.Instance);

        await LostAsync(leases[0]);
        await LostAsync(leases[1]);
        await UntilAsync(pool => pool.Leased == 0);
        Assert.Equal(2, Connector.Closed.Count);
    }

    [Fact]
    public async Task A_holder_is_named_by_an_ask_whose_sender_nobody_can_watch()
    {
        var holder = CreateTestProbe();
        var lease = await LeaseAsync(holder.Ref);

        Sys.Stop(holder.Ref);

        await LostAsync(lease);
    }

    [Fact]
    public async Task A_holder_that_is_gone_already_gets_nothing_that_lasts()
    {
        var holder = CreateTestProbe();
        Watch(holder.Ref);
        Sys.Stop(holder.Ref);
        ExpectTerminated(holder.Ref, Patience);

        Cache.Tell(new AcquireLease(Patience, holder.Ref), TestActor);

        ExpectMsg<object>(Patience);
        await UntilAsync(pool => pool.Leased == 0);
    }

    [Fact]
    public async Task A_holder_that_stops_while_it_waits_is_not_waited_for()
    {
        using var first = await LeaseAsync();
        using var second = await LeaseAsync();
        var holder = CreateTestProbe();
        Cache.Tell(new AcquireLease(Patience, holder.Ref), TestActor);
        await UntilAsync(pool => pool.Waiting == 1);

        Sys.Stop(holder.Ref);

        Assert.IsAssignableFrom<OperationCanceledException>(ExpectMsg<LeaseRefused>(Patience).Failure);
        Assert.Equal(0, Pool.Overview().Waiting);
    }

    [Fact]
    public void A_holder_that_nobody_can_watch_is_refused_with_a_hint()
    {
        Cache.Tell(new AcquireLease(Holder: ActorRefs.Nobody), TestActor);

        Assert.Contains("Context.LeaseHolder()", ExpectMsg<LeaseRefused>(Patience).Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_that_was_released_before_its_holder_stopped_keeps_its_connection()
    {
        var holder = CreateTestProbe();
        (await LeaseAsync(holder.Ref)).Dispose();
        Watch(holder.Ref);

        Sys.Stop(holder.Ref);
        ExpectTerminated(holder.Ref, Patience);
        await Cache.Ask<PoolReply>(new TakeSnapshot(), Patience);

        using var lease = await LeaseAsync();
        Assert.Equal(1, lease.Connection.Id);
    }

    async Task LostAsync(Lease<ScriptedConnection> lease)
    {
        await AwaitAssertAsync(() => Assert.False(lease.IsActive), Patience, TimeSpan.FromMilliseconds(10));
        Assert.Contains("has ended", Assert.Throws<LeaseRevokedException>(() => lease.Connection).Message, StringComparison.Ordinal);
        await UntilAsync(_ => Connector.Closed.Any(closed => closed.Reason == CloseReason.HolderEnded));
    }
}
