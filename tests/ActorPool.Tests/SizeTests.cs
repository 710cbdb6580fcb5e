using System.Diagnostics;
using System.Runtime.CompilerServices;
using ActorPool.TestKit;

namespace ActorPool.Tests;

/// <summary>What pools cost in memory. Nothing else runs beside, so that what is weighed is theirs.</summary>
[Collection(RealThreads.Name)]
public sealed class SizeTests
{
    static readonly object Shared = new();

    readonly VirtualRuntime _world = new();

    [Fact]
    public void An_idle_connection_with_keepalive_costs_no_more_than_600_bytes()
    {
        const int Connections = 20_000;

        // What is made once is made before.
        _ = Fill(connections: 10);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var pool = Fill(Connections);
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Connections;

        Assert.Equal(Connections, pool.Snapshot().Idle);
        Assert.InRange(each, 100, 600);
    }

    [Fact]
    public void A_hit_and_its_release_allocate_nothing()
    {
        var pool = Fill(connections: 1);

        var bytes = BytesEach(() =>
        {
            var acquire = pool.AcquireAsync();
            Debug.Assert(acquire.IsCompletedSuccessfully, "one is idle");
            acquire.GetAwaiter().GetResult().Dispose();
        });

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Trying_and_releasing_allocate_nothing()
    {
        var pool = Fill(connections: 1);

        var bytes = BytesEach(() =>
        {
            pool.TryAcquire(out var lease);
            lease.Dispose();
        });

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void A_hit_by_ask_and_its_release_allocate_no_more_than_200_bytes()
    {
        var pool = Fill(connections: 1);
        var holder = new object();

        var bytes = BytesEach(() =>
        {
            var ask = pool.Ref.Ask(new AcquireLease(Holder: holder));
            ask.GetAwaiter().GetResult().Lease.Dispose();
        });

        Assert.InRange(bytes, 0, 200);
    }

    [Fact]
    public void A_wait_that_is_over_allocates_nothing_but_its_callers_own()
    {
        var pool = Fill(connections: 1);
        var lease = pool.AcquireAsync().GetAwaiter().GetResult();

        var bytes = BytesEach(() =>
        {
            var waiting = pool.AcquireAsync();
            lease.Dispose();
            _world.Run();
            lease = waiting.GetAwaiter().GetResult();
        });

        lease.Dispose();
        Assert.Equal(0, bytes);
    }

    /// <summary>Bytes that the calling thread allocates for one run, when everything is warm.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static double BytesEach(Action run)
    {
        const int Runs = 10_000;
        for (var warm = 0; warm < 1_000; warm++)
        {
            run();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var number = 0; number < Runs; number++)
        {
            run();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Runs;
    }

    ConnectionPool<object> Fill(int connections)
    {
        var pool = ConnectionPool.Create(
            Connector.Create(open: static (_, _) => new ValueTask<object>(Shared), probe: static (_, _) => default),
            new PoolOptions { MinSize = connections, MaxSize = connections, MaxConcurrentConnects = 1_000 },
            _world.Runtime);
        _world.Run();
        return pool;
    }
}
