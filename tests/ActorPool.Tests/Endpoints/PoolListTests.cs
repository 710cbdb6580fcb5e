using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>What a runtime knows of its pools, and what a pool's picture says of times.</summary>
public sealed class PoolListTests : VirtualPoolTest
{
    [Fact]
    public void A_runtime_lists_its_open_pools_in_the_order_in_which_they_were_made()
    {
        var first = Create();
        var second = Create();

        Assert.Equal<IConnectionPool>([first, second], World.Runtime.Pools);

        using var lease = Acquire(first);
        var drain = first.DrainAsync();
        World.Run();
        Assert.Equal<IConnectionPool>([first, second], World.Runtime.Pools);
        lease.Dispose();
        World.Run();
        Assert.True(drain.IsCompletedSuccessfully);
        Assert.Equal<IConnectionPool>([second], World.Runtime.Pools);
    }

    [Fact]
    public void Pools_of_directories_are_listed_until_they_are_put_out()
    {
        var directory = new PoolDirectory<ScriptedConnection>(_ => Connector, new PoolDirectoryOptions { MaxPools = 1 }, World.Runtime);

        var one = directory.GetPool("one:1");
        Assert.Equal<IConnectionPool>([one], World.Runtime.Pools);
        var two = directory.GetPool("two:2");
        World.Run();

        Assert.Equal<IConnectionPool>([two], World.Runtime.Pools);
        _ = directory.DrainAsync();
        World.Run();
        Assert.Empty(World.Runtime.Pools);
    }

    [Fact]
    public void A_picture_tells_how_long_was_waited_and_how_long_leases_were_held()
    {
        var pool = Create(options => options.MaxSize = 1);
        var first = Acquire(pool);
        World.Advance(Seconds(2));
        var waiter = BeginAcquire(pool);
        World.Advance(Seconds(3));
        first.Dispose();
        World.Run();

        Assert.Equal(Seconds(3), pool.Snapshot().WaitTime);
        Assert.Equal(Seconds(5), pool.Snapshot().UseTime);
        World.Advance(Seconds(1));
        waiter.GetAwaiter().GetResult().Dispose();
        World.Run();
        Assert.Equal(Seconds(6), pool.Snapshot().UseTime);
    }
}
