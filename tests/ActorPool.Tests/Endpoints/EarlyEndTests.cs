using System.Net.Sockets;
using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>
/// Servers, and proxies in front of them, that accept connections and end them at once: opens succeed, and nobody is served.
/// </summary>
public sealed class EarlyEndTests : EarlyEndTest
{
    [Fact]
    public void A_server_that_accepts_and_closes_is_tried_along_the_backoff()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize) = (4, 4));
        World.Advance(Seconds(2));

        var opens = OpensOfDyingServer(pool, Seconds(10));

        // the four that had stood for a while are replaced at once, and the first of their successors is forgiven
        Assert.Equal([0, 0, 0, 0, 0, 100, 300, 700, 1500, 3100, 6300], opens);
        Assert.Equal(PoolHealth.Failing, pool.Snapshot().Health);
        Assert.Equal("EndOfStreamException: gone", pool.Snapshot().LastOpenError);
    }

    [Fact]
    public void A_server_that_ends_connections_on_their_first_request_is_tried_along_the_backoff()
    {
        var pool = Create(options => options.UnavailableAfter = Timeout.InfiniteTimeSpan);
        var uses = new List<double>();

        for (var use = 0; use < 5; use++)
        {
            var lease = World.Await(pool.AcquireAsync().AsTask(), within: Seconds(10));
            uses.Add(World.Time.Elapsed.TotalMilliseconds);
            EndUnder(lease);
        }

        Assert.Equal([0, 0, 100, 300, 700], uses);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Also_where_the_connection_comes_back_before_the_pool_has_heard_of_its_end(bool isMarkedFaulty)
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Return);
        Connector.Returns = _ => false;
        var pool = Create(options => options.UnavailableAfter = Timeout.InfiniteTimeSpan);
        var uses = new List<double>();

        for (var use = 0; use < 5; use++)
        {
            var lease = World.Await(pool.AcquireAsync().AsTask(), within: Seconds(10));
            uses.Add(World.Time.Elapsed.TotalMilliseconds);
            Connector.Condemn(lease.Connection, Gone);
            if (isMarkedFaulty)
            {
                lease.MarkFaulty(Gone);
            }

            lease.Dispose();
            World.Run();
        }

        Assert.Equal([0, 0, 100, 300, 700], uses);
    }

    [Fact]
    public void Connections_that_were_opened_together_and_end_together_count_once()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize) = (4, 4));

        EndAll();
        Assert.Single(Connector.Open);
        Assert.Equal((PoolHealth.Healthy, 0, Seconds(1)), (pool.Snapshot().Health, pool.Snapshot().FailuresInARow, pool.Snapshot().NextAttemptIn));

        EndAll();
        Assert.Equal((1, Ms(100)), (pool.Snapshot().FailuresInARow, pool.Snapshot().NextAttemptIn));
    }

    [Fact]
    public void One_early_end_is_forgiven()
    {
        var pool = Create(options => options.UnavailableAfter = TimeSpan.Zero);
        var victim = Acquire(pool);
        EndUnder(victim);

        Acquire(pool).Dispose();

        Assert.Equal((2, PoolHealth.Healthy, 0), (Connector.OpenedCount, pool.Snapshot().Health, pool.Snapshot().FailuresInARow));
    }

    [Fact]
    public void The_next_connection_is_alone_until_it_has_served()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize) = (4, 4));
        EndAll();
        EndAll();

        World.Advance(Ms(500));
        Assert.Single(Connector.Open);
        Assert.Equal(PoolHealth.Failing, pool.Snapshot().Health);

        Acquire(pool).Dispose();
        World.Run();
        Assert.Equal(4, Connector.Open.Count);
        Assert.Equal((PoolHealth.Healthy, 0), (pool.Snapshot().Health, pool.Snapshot().FailuresInARow));
    }

    [Fact]
    public void Or_until_it_has_stood_for_a_second()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize) = (4, 4));
        EndAll();
        EndAll();

        World.Advance(Ms(1_099));
        Assert.Single(Connector.Open);
        World.Advance(Ms(1));

        Assert.Equal(4, Connector.Open.Count);
        Assert.Equal(PoolHealth.Healthy, pool.Snapshot().Health);
    }

    [Fact]
    public void Or_until_a_reset_of_it_has_passed()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reset);
        var pool = Create(options => (options.MinSize, options.MaxSize) = (4, 4));
        EndAll();
        EndAll();
        World.Advance(Ms(100));

        Acquire(pool).Dispose();
        World.Run();

        Assert.Equal(4, Connector.Open.Count);
    }

    [Fact]
    public void Or_until_it_has_left_for_another_reason()
    {
        // as at a server that answers once per connection, and says so
        Connector = ScriptedConnection.Connector(ConnectorSteps.Return);
        Connector.Returns = static _ => false;
        var pool = Create();
        for (var end = 0; end < 2; end++)
        {
            var victim = Acquire(pool);
            EndUnder(victim);
        }

        World.Await(pool.AcquireAsync().AsTask(), within: Ms(100)).Dispose();
        World.Run();

        Acquire(pool).Dispose();
        Assert.Equal(PoolHealth.Healthy, pool.Snapshot().Health);
    }

    [Fact]
    public void A_pool_that_keeps_nothing_idle_does_not_open_and_close_at_an_unavailable_endpoint()
    {
        var pool = Create(options => (options.IdleTimeout, options.UnavailableAfter) = (TimeSpan.Zero, TimeSpan.Zero));
        for (var end = 0; end < 2; end++)
        {
            var victim = Acquire(pool);
            EndUnder(victim);
        }

        World.Advance(Seconds(5));

        Assert.Equal((3, PoolHealth.Healthy), (Connector.OpenedCount, pool.Snapshot().Health));
    }

    [Fact]
    public void A_recovery_is_told_once_it_is_sure()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize) = (2, 2));
        using var probe = World.Listen(pool);
        EndAll();
        EndAll();

        var ended = probe.Expect<ConnectionEndedEarly>(TimeSpan.Zero);
        Assert.Equal((TimeSpan.Zero, PoolHealth.Healthy, TimeSpan.Zero), (ended.Age, ended.Health, ended.NextAttemptIn));
        ended = probe.Expect<ConnectionEndedEarly>(TimeSpan.Zero);
        Assert.Equal((TimeSpan.Zero, PoolHealth.Failing, Ms(100)), (ended.Age, ended.Health, ended.NextAttemptIn));
        Assert.Same(Gone, ended.Error);
        probe.ExpectNone<EndpointRecovered>(Ms(1_099));
        probe.Expect<EndpointRecovered>(Ms(1));
        probe.ExpectNone<ConnectionEndedEarly>(Seconds(5));
    }

    [Fact]
    public void Waiters_wait_for_the_backoff_and_the_survivors_serve_on()
    {
        var pool = Create(options => options.MaxSize = 2);
        var survivor = Acquire(pool);
        World.Advance(Seconds(2));
        for (var end = 0; end < 2; end++)
        {
            var victim = Acquire(pool);
            EndUnder(victim);
        }

        var waiter = BeginAcquire(pool);
        Assert.False(waiter.IsCompleted);
        survivor.Dispose();
        World.Run();

        waiter.GetAwaiter().GetResult().Dispose();
        Assert.Equal(3, Connector.OpenedCount);
        World.Run();
        Assert.Equal(PoolHealth.Failing, pool.Snapshot().Health);
    }

    [Fact]
    public void An_endpoint_that_ends_what_it_accepts_for_long_is_unavailable()
    {
        var pool = Create(options => options.UnavailableAfter = Seconds(2));
        for (var elapsed = World.Time.Elapsed; pool.Snapshot().Health != PoolHealth.Unavailable; elapsed = World.Time.Elapsed)
        {
            Assert.True(elapsed < Seconds(5), "it is never unavailable");
            var lease = World.Await(pool.AcquireAsync().AsTask(), within: Seconds(5));
            EndUnder(lease);
        }

        Assert.Same(Gone, Failure<EndpointUnavailableException>(BeginAcquire(pool)).InnerException);
    }

    [Fact]
    public void A_connection_that_has_served_and_is_closed_is_replaced_at_once()
    {
        // as at a server that closes after every answer
        var pool = Create();

        for (var use = 0; use < 20; use++)
        {
            Acquire(pool).Dispose();
            Connector.Condemn(Connector.Open[0], Gone);
            World.Run();
        }

        Assert.Equal((20, PoolHealth.Healthy), (Connector.OpenedCount, pool.Snapshot().Health));
    }

    [Fact]
    public void A_connection_that_has_stood_and_is_closed_unused_is_replaced_at_once()
    {
        // as at a server that closes what is idle for a second
        var pool = Create(options => (options.MinSize, options.MaxSize) = (1, 1));

        for (var close = 0; close < 5; close++)
        {
            World.Advance(Seconds(1));
            Connector.Condemn(Connector.Open[0], Gone);
            World.Run();
        }

        Assert.Equal((6, PoolHealth.Healthy), (Connector.OpenedCount, pool.Snapshot().Health));
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(SocketException))]
    public void What_a_holder_may_have_met_elsewhere_holds_nobody_back(Type error)
    {
        var pool = Create();

        for (var use = 0; use < 5; use++)
        {
            var lease = Acquire(pool);
            lease.MarkFaulty((Exception)Activator.CreateInstance(error)!);
            lease.Dispose();
            World.Run();
        }

        Assert.Equal((5, PoolHealth.Healthy), (Connector.OpenedCount, pool.Snapshot().Health));
    }

    [Fact]
    public void An_attempt_that_is_asked_for_does_not_end_the_trial_untimely()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize) = (1, 1));
        EndAll();
        EndAll();
        World.Advance(Ms(100));

        _ = Done(pool.TryNowAsync());
        World.Advance(Seconds(1));

        Assert.Equal(PoolHealth.Healthy, pool.Snapshot().Health);
    }

    /// <summary>When it opens, in milliseconds from now, while whatever it has opened is ended at once.</summary>
    List<double> OpensOfDyingServer(ConnectionPool<ScriptedConnection> pool, TimeSpan during)
    {
        var from = World.Time.Elapsed;
        var opens = new List<double>();
        for (var known = Connector.OpenedCount; World.Time.Elapsed - from < during; World.Advance(Ms(1)))
        {
            while (Connector.Open.Count > 0)
            {
                EndAll();
            }

            for (; known < Connector.OpenedCount; known++)
            {
                opens.Add((World.Time.Elapsed - from).TotalMilliseconds);
            }
        }

        Assert.Equal(0, pool.Snapshot().Leased);
        return opens;
    }
}
