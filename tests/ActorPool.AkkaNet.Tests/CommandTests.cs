using Akka.Actor;

namespace ActorPool.AkkaNet.Tests;

/// <summary>The operations of a pool by message.</summary>
public sealed class CommandTests() : PooledSystem(options => options.MinSize = 1)
{
    [Fact]
    public async Task A_snapshot_is_the_pools()
    {
        using var lease = await LeaseAsync("me");

        var reply = await Cache.Ask<PoolReply>(new TakeSnapshot(), Patience);

        Assert.Equal((1, "me"), (reply.Snapshot!.Leased, reply.Snapshot.Connections.Single(connection => connection.Holder is not null).Holder));
    }

    [Fact]
    public async Task A_paused_pool_lets_acquires_wait_until_it_is_resumed()
    {
        Assert.True((await Cache.Ask<PoolReply>(new PausePool(), Patience)).Snapshot!.IsPaused);
        var asking = LeaseAsync();
        await UntilAsync(pool => pool.Waiting == 1);

        await Cache.Ask<PoolReply>(new ResumePool(), Patience);

        (await asking).Dispose();
    }

    [Fact]
    public async Task Evicted_connections_are_replaced()
    {
        (await LeaseAsync()).Dispose();

        Assert.True((await Cache.Ask<PoolReply>(new EvictConnections(), Patience)).IsSuccess);

        await UntilAsync(pool => pool.Idle == 1 && Connector.OpenedCount == 2);
        Assert.Equal(CloseReason.Evicted, Connector.Closed[0].Reason);
    }

    [Fact]
    public async Task A_drained_pool_refuses_with_that_reason()
    {
        Assert.True((await Cache.Ask<PoolReply>(new DrainPool(TimeSpan.Zero), Patience)).Snapshot!.IsClosed);

        Cache.Tell(default(AcquireLease), TestActor);

        Assert.Equal(PoolFailureReason.Closed, ExpectMsg<LeaseRefused>(Patience).Reason);
    }

    [Fact]
    public async Task A_command_that_makes_no_sense_is_answered_with_the_reason()
    {
        var reply = await Cache.Ask<PoolReply>(new ResizePool(5, 1), Patience);

        Assert.IsAssignableFrom<ArgumentException>(reply.Failure);
    }
}
