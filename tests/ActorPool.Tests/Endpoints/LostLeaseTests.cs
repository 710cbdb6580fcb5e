using System.Runtime.CompilerServices;
using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>Leases that become garbage without having been returned.</summary>
public sealed class LostLeaseTests : VirtualPoolTest
{
    /// <summary>What waits for a lease is kept until the lease ends; it must not keep the lease.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_lost_lease_is_found_whether_or_not_it_was_waited_for(bool waits)
    {
        var pool = Create(options => (options.MinSize, options.MaxSize, options.LeakDetection) = (waits ? 0 : 1, 1, LeakDetection.All));
        Lose(pool);
        Assert.Equal(waits ? 1 : 0, pool.Snapshot().AcquiredAfterWait);

        for (var collection = 0; collection < 10 && pool.Snapshot().Lost == 0; collection++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            World.Run();
        }

        Assert.Equal((1L, 1L), (pool.Snapshot().Lost, pool.Snapshot().Revoked));
        Assert.Equal(CloseReason.LeaseLost, Assert.Single(Connector.Closed).Reason);
    }

    // A method of its own: nothing of it is left on the stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    void Lose(ConnectionPool<ScriptedConnection> pool) => Assert.True(Acquire(pool).IsActive);
}
