using ActorPool.TestKit;

namespace ActorPool.Tests.Cases;

/// <summary>Cases 37 to 43, taken from the suites of other pools: lifetime, idleness, eviction.</summary>
/// <remarks>None is left out.</remarks>
public sealed class LifetimeCases : VirtualPoolTest
{
    [Fact]
    public void Expiry_waits_for_the_return_keepalive_replaces_the_dead_and_the_pool_refills_to_its_minimum()
    {
        // 37 · HikariCP testMaxLifetime, testKeepalive, testEvictAllRefill, testBackfill
        var pool = Create(options => { options.MinSize = 2; options.MaxSize = 4; options.MaxLifetime = TimeSpan.FromMinutes(10); });
        Connector.Kill(Connector.Open[0]);
        World.Advance(Seconds(61));
        Assert.Equal(1, pool.Snapshot().Closed[CloseReason.ProbeFailed]);
        Assert.Equal(2, pool.Snapshot().Idle);

        var lease = Acquire(pool);
        World.Advance(TimeSpan.FromMinutes(11));
        Assert.True(lease.IsActive);
        lease.Dispose();
        World.Run();
        Assert.True(pool.Snapshot().Closed[CloseReason.MaxLifetime] >= 1);

        _ = pool.EvictAsync();
        World.Run();
        Assert.Equal(2, pool.Snapshot().Closed[CloseReason.Evicted]);
        Assert.Equal(2, pool.Snapshot().Idle);
    }

    [Fact]
    public void With_fifo_the_median_of_the_idle_is_pruned_and_the_minimum_stays()
    {
        // 38 · Npgsql Prune_idle_connectors(min, idle, interval, samples)
        var pool = Create(options =>
        {
            options.Order = IdleOrder.Fifo;
            options.MinSize = 1;
            options.MaxSize = 5;
            options.IdleTimeout = Seconds(4);
            options.PruneInterval = Seconds(1);
        });
        var leases = Enumerable.Range(0, 5).Select(_ => Acquire(pool)).ToList();
        leases.ForEach(lease => lease.Dispose());
        for (var use = 0; use < 100; use++)
        {
            var busy = new[] { Acquire(pool), Acquire(pool) };
            World.Advance(Ms(200));
            Array.ForEach(busy, lease => lease.Dispose());
        }

        Assert.Equal(3, pool.Snapshot().Closed[CloseReason.Pruned]);
        World.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void A_smaller_minimum_lets_go_what_has_been_idle_for_long()
    {
        // 38 · Npgsql Prune_idle_connectors, 39 · pgxpool: the minimum was lowered while they lay idle
        var pool = Create(options => { options.MinSize = 4; options.MaxSize = 4; options.MaxLifetime = options.KeepaliveInterval = Timeout.InfiniteTimeSpan; });
        World.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(4, pool.Snapshot().Idle);

        _ = pool.ResizeAsync(1, 4);
        World.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(1, pool.Snapshot().Idle);
        Assert.Equal(3, pool.Snapshot().Closed[CloseReason.IdleTimeout]);
    }

    [Fact]
    public void Each_counter_names_the_reason_why_a_connection_went()
    {
        // 39 · pgxpool TestPoolBackgroundChecksMinConns, …MaxConnIdleTime, …MaxConnLifetime
        var pool = Create(options => { options.MinSize = 1; options.MaxLifetime = TimeSpan.FromMinutes(20); });
        var leases = new[] { Acquire(pool), Acquire(pool) };
        Array.ForEach(leases, lease => lease.Dispose());

        World.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(1, pool.Snapshot().Closed[CloseReason.IdleTimeout]);
        Assert.False(pool.Snapshot().Closed.TryGetValue(CloseReason.MaxLifetime, out var early) && early > 0);
        World.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(1, pool.Snapshot().Closed[CloseReason.MaxLifetime]);
        Assert.Equal(1, pool.Snapshot().Idle);
        Assert.Equal(3, pool.Snapshot().Opened);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Evicting_over_a_time_is_spread_evenly_and_leaves_leases_alone(int minSize)
    {
        // 40 · DBConnection max_lifetime_test, disconnect_all_test
        var pool = Create(options => { options.MinSize = minSize; options.MaxSize = 8; });
        var leases = Enumerable.Range(0, 4).Select(_ => Acquire(pool)).ToList();
        leases.Skip(1).ToList().ForEach(lease => lease.Dispose());

        _ = pool.EvictAsync(over: Seconds(4));
        for (var second = 1; second <= 4; second++)
        {
            World.Advance(Ms(500));
            Assert.InRange(Connector.Closed.Count, second - 2, second - 1);
            World.Advance(Ms(500));
        }

        Assert.Equal(3, Connector.Closed.Count);
        Assert.True(leases[0].IsActive);
        leases[0].Dispose();
        World.Run();
        Assert.Equal([CloseReason.Evicted], Connector.Closed.Select(closed => closed.Reason).Distinct());
        Assert.Equal(4, Connector.Closed.Count);
        Assert.Equal(minSize, pool.Snapshot().Idle);
    }

    [Fact]
    public void A_soft_eviction_closes_what_is_idle_now_what_is_leased_on_return_and_what_is_opening_never_serves()
    {
        // 41 · puddle TestPoolResetDestroysCheckedOutResourcesOnReturn; Npgsql ClearPool_with_busy
        var pool = Create(options => options.MaxSize = 3);
        var busy = Acquire(pool);
        Acquire(pool).Dispose();
        Connector.Opens.Next(StepPlan.After(Seconds(1)));
        var another = Acquire(pool);
        var waits = BeginAcquire(pool);

        _ = pool.EvictAsync();
        World.Run();
        another.Dispose();
        World.Advance(Seconds(1));

        Assert.True(busy.IsActive);
        Assert.Equal(1, busy.Connection.Id);
        var served = waits.GetAwaiter().GetResult();
        Assert.True(served.ConnectionId > 3, $"connection {served.ConnectionId} is older than the eviction");
        busy.Dispose();
        served.Dispose();
        World.Run();
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Theory]
    [InlineData(EvictMode.Soft)]
    [InlineData(EvictMode.Hard)]
    public void What_is_evicted_during_its_probe_or_reset_is_closed_once_and_not_handed_out(EvictMode mode)
    {
        // 41, 43 · the same for connections that are being checked
        Connector = ScriptedConnection.Connector(ConnectorSteps.All);
        var pool = Create(options => { options.MaxSize = 2; options.KeepaliveInterval = Seconds(10); });
        var leases = new[] { Acquire(pool), Acquire(pool) };
        leases[0].Dispose();
        Connector.Probes.Always(StepPlan.After(Seconds(4)));
        Connector.Resets.Always(StepPlan.After(Seconds(4)));
        while (pool.Snapshot().Probing == 0)
        {
            World.Advance(Ms(500));
        }

        leases[1].Dispose();
        World.Run();
        Assert.Equal((1, 1), (pool.Snapshot().Probing, pool.Snapshot().Resetting));
        var waiter = BeginAcquire(pool);
        _ = pool.EvictAsync(mode);
        World.Advance(Seconds(6));

        Assert.Equal(3, waiter.GetAwaiter().GetResult().ConnectionId);
        Assert.Equal([CloseReason.Evicted, CloseReason.Evicted], Connector.Closed.Select(closed => closed.Reason));
    }

    [Fact]
    public void Health_checks_of_all_idle_connections_starve_no_acquire()
    {
        // 42 · puddle TestStress_AcquireAllIdle_*
        Connector.Probes.Always(StepPlan.After(Ms(300)));
        var pool = Create(options => { options.MinSize = 4; options.MaxSize = 4; options.KeepaliveInterval = Seconds(1); });
        for (var step = 0; step < 400; step++)
        {
            World.Advance(Ms(97));
            var caller = BeginAcquire(pool);
            World.Advance(Ms(300));
            caller.GetAwaiter().GetResult().Dispose();
        }

        Assert.True(Connector.Probes.Calls > 100);
        Assert.Equal(4, Connector.OpenedCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_fault_has_its_idle_siblings_probed_before_they_serve(bool hasServerVanished)
    {
        // 42 · the sweep after a fault
        var pool = Create(options => options.MinSize = 3);
        var lease = Acquire(pool);
        foreach (var sibling in Connector.Open.Where(connection => connection.Id != lease.ConnectionId))
        {
            Connector.Kill(sibling, hasServerVanished ? StepPlan.Hang : StepPlan.Fail(new IOException("connection reset by peer")));
        }

        lease.MarkFaulty(new IOException("connection reset by peer"));
        var next = BeginAcquire(pool);
        World.Advance(Ms(1));

        Assert.True(next.GetAwaiter().GetResult().ConnectionId > 3);
        lease.Dispose();
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void What_was_evicted_is_never_handed_out_before_or_after_it_is_closed(ulong seed)
    {
        // 43 · reactor jcstress: eviction against acquire
        var random = new SeededRandom(seed);
        Connector.Closes.Always(StepPlan.After(Ms(2)));
        var pool = Create(options => options.MaxSize = 4);
        var held = new List<Lease<ScriptedConnection>>();
        var newest = 0L;
        for (var step = 0; step < 1_000; step++)
        {
            if (random.Next(10) == 0)
            {
                newest = Connector.Open.Select(connection => connection.Id).DefaultIfEmpty(newest).Max();
                _ = pool.EvictAsync((EvictMode)random.Next(2));
            }

            if (pool.TryAcquire(out var lease))
            {
                Assert.True(lease.ConnectionId > newest, $"seed {seed}, step {step}: connection {lease.ConnectionId}, evicted up to {newest}");
                held.Add(lease);
            }

            World.Advance(Ms(random.Next(3)));
            if (held.Count > random.Next(4))
            {
                held[0].Dispose();
                held.RemoveAt(0);
            }
        }

        Assert.True(newest > 50, $"seed {seed}: only {newest}");
    }
}
