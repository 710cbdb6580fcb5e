using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>Closing the pool, and late reports of connections that were retired meanwhile.</summary>
public sealed class ClosingTests : VirtualPoolTest
{
    [Fact]
    public void A_drain_closes_idle_connections_and_fails_waiters_at_once()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var waiter = BeginAcquire(pool);

        var drain = pool.DrainAsync();
        World.Run();

        Assert.Equal(PoolFailureReason.Closed, Failure<PoolClosedException>(waiter).Reason);
        Assert.False(drain.IsCompleted);
        Assert.True(lease.IsActive);
        lease.Dispose();
        World.Run();
        Assert.True(drain.IsCompletedSuccessfully);
        Assert.Equal(CloseReason.PoolClosed, Assert.Single(Connector.Closed).Reason);
    }

    [Fact]
    public void Acquires_on_a_closed_pool_fail_each_in_its_own_way()
    {
        var pool = Create();
        _ = pool.DisposeAsync().AsTask();
        World.Run();

        Failure<PoolClosedException>(BeginAcquire(pool));
        Assert.False(pool.TryAcquire(out _));
        Assert.Throws<PoolClosedException>(() => pool.Acquire(Ms(1)));
        Assert.True(pool.Snapshot().IsClosed);
    }

    [Fact]
    public void A_drain_closes_leases_under_their_holders_when_its_patience_is_over()
    {
        var pool = Create();
        var lease = Acquire(pool);

        var drain = pool.DrainAsync(Seconds(3));
        World.Advance(Ms(2999));
        Assert.True(lease.IsActive);
        World.Advance(Ms(1));

        Assert.False(lease.IsActive);
        Assert.True(drain.IsCompletedSuccessfully);
        Assert.Equal(CloseReason.PoolClosed, Assert.Throws<LeaseRevokedException>(() => lease.Connection).Why);
        lease.Dispose();
    }

    [Fact]
    public void A_second_drain_joins_the_first_and_may_be_less_patient()
    {
        var pool = Create();
        using var lease = Acquire(pool);
        var patient = pool.DrainAsync(Seconds(60));

        var hasty = pool.DrainAsync(Seconds(1));
        World.Advance(Seconds(1));

        Assert.True(hasty.IsCompletedSuccessfully);
        Assert.True(patient.IsCompletedSuccessfully);
        Assert.True(pool.DrainAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public void A_drain_ends_within_the_close_timeout_although_connections_do_not_close()
    {
        Connector.Closes.Always(StepPlan.HangDeaf);
        var pool = Create(options => { options.MinSize = 3; options.CloseTimeout = Seconds(2); });

        var drain = pool.DrainAsync();
        World.Advance(Ms(1999));
        Assert.False(drain.IsCompleted);
        World.Advance(Ms(1));

        Assert.True(drain.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_drain_cancels_opens_and_closes_what_opens_all_the_same()
    {
        Connector.Opens.Always(StepPlan.HangDeaf);
        var pool = Create();
        var waiter = BeginAcquire(pool);

        var drain = pool.DrainAsync();
        World.Run();
        Failure<PoolClosedException>(waiter);
        Connector.ReleaseHung();
        World.Run();

        Assert.True(drain.IsCompletedSuccessfully);
        Assert.Equal(CloseReason.PoolClosed, Assert.Single(Connector.Closed).Reason);
    }

    [Fact]
    public void A_drain_in_the_middle_of_probe_and_reset_closes_after_them()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Probe | ConnectorSteps.Reset);
        Connector.Probes.Always(StepPlan.Hang);
        Connector.Resets.Next(StepPlan.Succeed).Always(StepPlan.Hang);
        var pool = Create(options => { options.KeepaliveInterval = Seconds(1); options.MaxSize = 2; });
        var first = Acquire(pool);
        var second = Acquire(pool);
        first.Dispose();
        World.Advance(Seconds(2));
        second.Dispose();
        World.Run();
        Assert.Equal((1, 1), (pool.Snapshot().Probing, pool.Snapshot().Resetting));

        var drain = pool.DrainAsync();
        World.Run();

        Assert.True(drain.IsCompletedSuccessfully);
        Assert.Equal(2, Connector.Closed.Count);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Reports_that_cross_a_drain_are_late_and_harmless(ulong seed)
    {
        // Every step of open, probe and reset takes a random while, and the drain comes at a random time.
        var random = new SeededRandom(seed);
        for (var round = 0; round < 300; round++)
        {
            var connector = ScriptedConnection.Connector(ConnectorSteps.All);
            var world = new VirtualRuntime(random.NextUInt64());
            StepPlan Plan() => random.Next(4) == 0
                ? new StepPlan { Delay = Ms(random.Next(5)), Error = new IOException("planned") }
                : StepPlan.After(Ms(random.Next(5)));
            for (var step = 0; step < 20; step++)
            {
                connector.Opens.Next(Plan());
                connector.Probes.Next(Plan());
                connector.Resets.Next(Plan());
                connector.Closes.Next(Plan());
            }

            var pool = ConnectionPool.Create(
                connector,
                new PoolOptions { MaxSize = 3, MinSize = random.Next(3), KeepaliveInterval = Ms(3), ConnectTimeout = Ms(3), ResetTimeout = Ms(3) },
                world.Runtime);
            var acquires = new List<Task<Lease<ScriptedConnection>>>();
            for (var action = 0; action < random.Next(30); action++)
            {
                acquires.Add(pool.AcquireAsync(Ms(random.Next(10))).AsTask());
                world.Advance(Ms(random.Next(3)));
                foreach (var acquire in acquires.Where(acquire => acquire.IsCompletedSuccessfully))
                {
                    acquire.Result.Dispose();
                }
            }

            var drain = pool.DrainAsync(Ms(random.Next(20)));
            world.Advance(Seconds(10));

            Assert.True(drain.IsCompletedSuccessfully, $"seed {seed}, round {round}: {pool.Snapshot()}");
            Assert.Empty(connector.Violations);
            Assert.Empty(connector.Open);
            Assert.True(connector.SizeMax <= 3, $"seed {seed}, round {round}: {connector.SizeMax} connections");
            Assert.All(acquires, acquire => Assert.True(acquire.IsCompleted));
        }
    }
}
