using System.Net.Sockets;
using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>What counts as evidence when a connection ends early, and how a trial ends.</summary>
public sealed class TrialTests : EarlyEndTest
{
    static readonly IOException Reset = new("reset", new SocketException((int)SocketError.ConnectionReset));

    [Fact]
    public void A_server_that_answers_once_and_closes_is_not_held_back_when_its_end_is_seen_before_the_return()
    {
        // as PooledStream does when its holder reads to the end
        var pool = Create();

        for (var use = 0; use < 5; use++)
        {
            var lease = Acquire(pool);
            Connector.Condemn(lease.Connection, new IOException("the other end closed the connection"));
            World.Run();
            lease.Dispose();
            World.Run();
        }

        Assert.Equal((5, PoolHealth.Healthy), (Connector.OpenedCount, pool.Snapshot().Health));
    }

    [Fact]
    public void A_lease_returned_proves_nothing_until_its_reset_has_passed()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reset);
        Connector.Resets.Always(StepPlan.Fail(Reset));
        var pool = Create();
        var uses = new List<double>();

        for (var use = 0; use < 5; use++)
        {
            World.Await(pool.AcquireAsync().AsTask(), within: Seconds(10)).Dispose();
            uses.Add(World.Time.Elapsed.TotalMilliseconds);
            World.Run();
        }

        Assert.Equal([0, 0, 100, 300, 700], uses);
    }

    [Fact]
    public void Nor_does_a_connection_that_is_found_dead_when_it_is_handed_out()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize, options.ValidateAfterIdle) = (1, 1, TimeSpan.Zero));
        EndAll();
        EndAll();
        World.Advance(Ms(100));
        Connector.Kill(Connector.Open[0]);

        var waiter = BeginAcquire(pool);

        Assert.Equal((PoolHealth.Failing, 2, 3), (pool.Snapshot().Health, pool.Snapshot().FailuresInARow, Connector.OpenedCount));
        World.Advance(Ms(200));
        Assert.True(waiter.IsCompletedSuccessfully);
        waiter.GetAwaiter().GetResult().Dispose();
    }

    [Fact]
    public void A_connection_found_dead_by_one_of_those_who_share_it_is_succeeded_while_another_keeps_it()
    {
        var pool = Create(options =>
        {
            (options.MinSize, options.MaxSize, options.MaxLeasesPerConnection) = (1, 2, 2);
            (options.ValidateAfterIdle, options.UnavailableAfter) = (TimeSpan.Zero, TimeSpan.Zero);
        });
        EndAll();
        Done(pool.PauseAsync());
        var finder = BeginAcquire(pool);
        var keeper = BeginAcquire(pool);
        Connector.Kill(Connector.Open[0]);

        Done(pool.ResumeAsync());
        World.Run();
        Assert.True(finder.IsFaulted);
        Assert.True(keeper.IsCompletedSuccessfully);
        Assert.Equal((PoolHealth.Unavailable, 2), (pool.Snapshot().Health, Connector.OpenedCount));

        World.Advance(Ms(100));
        Assert.Equal(3, Connector.OpenedCount);
        keeper.GetAwaiter().GetResult().Dispose();
    }

    [Fact]
    public void A_trial_that_ends_with_a_replacement_has_no_more_opened_than_are_missing()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize) = (1, 4));
        EndAll();
        Assert.True(pool.TryAttach(Acquire(Create()).Detach()));

        Done(pool.ReconfigureAsync(new PoolOptions { Name = "test", MinSize = 1, MaxSize = 4 }));
        World.Run();

        Assert.Equal((4, PoolHealth.Healthy), (Connector.OpenedCount, pool.Snapshot().Health));
    }

    [Fact]
    public void Nor_does_one_whose_holder_met_an_error_that_tells_nothing()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize) = (1, 4));
        using var probe = World.Listen(pool);
        EndAll();
        EndAll();
        World.Advance(Ms(100));

        var lease = Acquire(pool);
        lease.MarkFaulty(new IOException("the answer is cut off"));
        Assert.Equal(PoolHealth.Failing, pool.Snapshot().Health);
        Connector.Condemn(lease.Connection, new EndOfStreamException());
        World.Run();

        Assert.Equal((PoolHealth.Failing, 2, Ms(200)), (pool.Snapshot().Health, pool.Snapshot().FailuresInARow, pool.Snapshot().NextAttemptIn));
        lease.Dispose();
        World.Run();
        Assert.Equal((PoolHealth.Failing, 2), (pool.Snapshot().Health, pool.Snapshot().FailuresInARow));
    }

    [Theory]
    [InlineData(SocketError.ConnectionRefused)]
    [InlineData(SocketError.HostNotFound)]
    [InlineData(SocketError.TimedOut)]
    public void An_error_of_another_connect_holds_nobody_back(SocketError error)
    {
        var pool = Create();

        for (var use = 0; use < 5; use++)
        {
            var lease = Acquire(pool);
            lease.MarkFaulty(new IOException("another service is down", new SocketException((int)error)));
            lease.Dispose();
            World.Run();
        }

        Assert.Equal((5, PoolHealth.Healthy), (Connector.OpenedCount, pool.Snapshot().Health));
    }

    [Fact]
    public void Who_waits_for_the_end_of_a_trial_waits_for_the_backoff_when_it_fails_under_a_lease_that_is_kept()
    {
        var pool = Create();
        var first = Acquire(pool);
        Connector.Condemn(first.Connection, Gone);
        World.Run();
        var onTrial = Acquire(pool);
        var waiter = BeginAcquire(pool);
        Assert.False(waiter.IsCompleted);

        Connector.Condemn(onTrial.Connection, Gone);
        World.Advance(Ms(100));

        Assert.True(waiter.IsCompletedSuccessfully);
        first.Dispose();
        onTrial.Dispose();
        waiter.GetAwaiter().GetResult().Dispose();
    }

    [Fact]
    public void Or_when_its_reset_fails_and_its_close_takes_long()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reset);
        Connector.Resets.Always(StepPlan.Fail(Reset));
        var pool = Create();
        Acquire(pool).Dispose();
        World.Run();
        var onTrial = Acquire(pool);
        var waiter = BeginAcquire(pool);
        Assert.False(waiter.IsCompleted);

        Connector.Closes.Next(StepPlan.After(Seconds(2)));
        onTrial.Dispose();
        World.Advance(Ms(100));

        Assert.True(waiter.IsCompletedSuccessfully);
        waiter.GetAwaiter().GetResult().Dispose();
    }

    [Fact]
    public void A_trial_for_which_nobody_wants_a_connection_ends_by_itself()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize) = (0, 4));
        var (first, second) = (Acquire(pool), Acquire(pool));
        EndUnder(first);
        Assert.NotNull(pool.Snapshot().NextAttemptIn);

        World.Advance(Seconds(1));

        Assert.Null(pool.Snapshot().NextAttemptIn);
        second.Dispose();
    }

    [Fact]
    public void A_trial_during_which_a_connection_from_before_it_opens_ends_by_itself_too()
    {
        Connector.Opens.Next(StepPlan.Succeed, StepPlan.After(Ms(500)));
        var pool = Create(options => (options.MinSize, options.MaxSize) = (0, 4));
        var first = Acquire(pool);
        var second = BeginAcquire(pool);
        EndUnder(first);
        World.Advance(Ms(500));
        Assert.True(second.IsCompletedSuccessfully);

        World.Advance(Ms(500));

        Assert.Null(pool.Snapshot().NextAttemptIn);
        second.GetAwaiter().GetResult().Dispose();
    }

    [Fact]
    public void As_does_one_whose_connection_a_holder_has_called_faulty()
    {
        var pool = Create();
        EndUnder(Acquire(pool));
        var onTrial = Acquire(pool);
        onTrial.MarkFaulty(new IOException("the answer is cut off"));
        onTrial.Dispose();
        World.Run();
        Assert.NotNull(pool.Snapshot().NextAttemptIn);

        World.Advance(Seconds(1));

        Assert.Null(pool.Snapshot().NextAttemptIn);
        Assert.Equal(2, Connector.OpenedCount);
    }

    [Fact]
    public void An_eviction_that_ends_a_trial_leaves_what_is_opened_instead()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize) = (4, 4));
        EndAll();
        Assert.Single(Connector.Open);

        Done(pool.EvictAsync());
        World.Run();

        Assert.Equal((4, 9), (pool.Snapshot().Idle, Connector.Opens.Calls));
    }
}
