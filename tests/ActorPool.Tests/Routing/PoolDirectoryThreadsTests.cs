using ActorPool.Routing;
using ActorPool.TestKit;

namespace ActorPool.Tests.Routing;

/// <summary>First uses at once, on real threads.</summary>
[Collection(RealThreads.Name)]
public sealed class PoolDirectoryThreadsTests
{
    [Fact]
    public async Task Many_first_uses_at_once_make_one_pool()
    {
        var connector = ScriptedConnection.Connector();
        var made = 0;
        await using var directory = new PoolDirectory<ScriptedConnection>(_ =>
        {
            Interlocked.Increment(ref made);
            Thread.SpinWait(20_000);
            return connector;
        });
        const int Rounds = 20;
        for (var round = 0; round < Rounds; round++)
        {
            var endpoint = new Endpoint($"host-{round}");
            var pools = await OnThreads(8, () => directory.GetPool(new Endpoint(endpoint.Host)));
            Assert.Single(pools.Distinct());
        }

        Assert.Equal(Rounds, made);
    }

    [Fact]
    public async Task Those_who_wait_for_a_factory_share_what_it_throws()
    {
        var calls = 0;
        using var entered = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        await using var directory = new PoolDirectory<ScriptedConnection>(_ =>
        {
            Interlocked.Increment(ref calls);
            entered.Set();
            go.Wait();
            throw new IOException("no connector today");
        });
        var first = OnThreads(1, () => Record.Exception(() => directory.GetPool("one"))!);
        entered.Wait();
        var asked = 0;
        var others = OnThreads(4, () =>
        {
            Interlocked.Increment(ref asked);
            return Record.Exception(() => directory.GetPool("one"))!;
        });
        SpinWait.SpinUntil(() => Volatile.Read(ref asked) == 4);
        go.Set();

        Assert.All([.. await first, .. await others], error => Assert.Equal("no connector today", Assert.IsType<IOException>(error).Message));

        // Whoever came after the failure tried again, nobody tried beside another.
        Assert.InRange(calls, 1, 5);
        Assert.Empty(directory.Pools);
    }

    [Fact]
    public async Task Whoever_runs_the_routers_turn_for_another_waits_for_that_one_to_make_the_pool()
    {
        // The turn that decides who makes it may run on any thread that has just used the router.
        var routed = new RoutedPool(new Endpoint("one"));
        using var begun = new ManualResetEventSlim();
        var made = Task.Factory.StartNew(
            () =>
            {
                routed.BeginMaking();
                begun.Set();
                routed.Announce(null);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        begun.Wait();
        routed.AwaitMade();
        await made;
    }

    [Fact]
    public async Task Acquires_go_on_while_pools_are_put_out_under_them()
    {
        var connector = ScriptedConnection.Connector();
        await using var directory = new PoolDirectory<ScriptedConnection>(_ => connector, new PoolDirectoryOptions { MaxPools = 2 });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await using var lease = await directory.AcquireAsync(new Endpoint($"host-{(worker + i) % 5}"));
                Assert.True(lease.IsActive);
            }
        })));

        Assert.True(directory.Pools.Count <= 2, $"{directory.Pools.Count} pools");
        Assert.Empty(connector.Violations);
    }

    static async Task<TResult[]> OnThreads<TResult>(int count, Func<TResult> run)
    {
        using var barrier = new Barrier(count);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                return run();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }
}
