using ActorPool.TestKit;

namespace ActorPool.Tests.TestKit;

/// <summary>Events that are expected, and what is said of those that do not come, or do.</summary>
public sealed class EventProbeTests : VirtualPoolTest
{
    [Fact]
    public void Expect_lets_time_go_on_until_the_event_comes()
    {
        var pool = Create(options => options.MinSize = 1);
        using var probe = World.Listen(pool);
        Connector.KillAll();

        var closed = probe.Expect<ConnectionClosed>();

        Assert.Equal((1, CloseReason.ProbeFailed), (closed.ConnectionId, closed.Reason));
        Assert.Equal(closed.Age, World.Time.Elapsed);
        Assert.InRange(World.Time.Elapsed, Seconds(1), Seconds(60));
    }

    [Fact]
    public void Events_are_read_once_and_in_order_and_others_before_them_are_passed_over()
    {
        var pool = Create();
        using var probe = World.Listen(pool);
        Acquire(pool).MarkFaulty(new IOException("broken"));
        World.Await(() => pool.EvictAsync(EvictMode.Hard));
        Acquire(pool).Dispose();

        Assert.Equal(1, probe.Expect<ConnectionClosed>(Ms(0)).ConnectionId);
        Assert.Equal(2, probe.Expect<ConnectionOpened>(Ms(0)).ConnectionId);
        probe.ExpectNone<PoolEvent>();
        Assert.Equal([typeof(ConnectionOpened), typeof(LeaseRevoked), typeof(ConnectionClosed), typeof(ConnectionOpened)], probe.Heard.Select(heard => heard.GetType()));
    }

    [Fact]
    public void An_event_may_have_to_meet_a_condition()
    {
        var pool = Create(options => options.MinSize = 3);
        using var probe = World.Listen(pool);
        foreach (var connection in Connector.Open)
        {
            Connector.Condemn(connection, new IOException($"{connection.Id}"));
        }

        Assert.Equal("2", probe.Expect<ConnectionClosed>(closed => closed.ConnectionId == 2).LastError!.Message);
        Assert.Equal(3, probe.Expect<ConnectionClosed>().ConnectionId);
    }

    [Fact]
    public void An_event_that_does_not_come_in_time_is_an_error_that_lists_what_came_instead()
    {
        Connector.StopServer();
        var pool = Create();
        using var probe = World.Listen(pool);
        var acquire = BeginAcquire(pool, Seconds(0.15));

        var error = Assert.Throws<ExpectationException>(() => probe.Expect<ConnectionOpened>(within: Seconds(0.2)));

        Assert.Equal(
            """
            Pool 'test' has told of no ConnectionOpened as expected within 0.200 s of virtual time. It has told of:
              at 0.000 s: OpenFailed (connection 1: SocketException: Connection refused; Failing)
              at 0.100 s: OpenFailed (connection 2: SocketException: Connection refused; Failing)
            The clock shows 0.200 s; no work is ready; the next timer is due in 0.100 s (1 set).
            pool 'test' (Failing): 0 leased, 0 idle, 0 opening, 0 waiting, max 16
            What other threads do is waited for if ThreadPatience says so, which is 0.000 s of real time. Seed: 1.
            """,
            error.Message);
        Failure<AcquireTimeoutException>(acquire);
    }

    [Fact]
    public void That_nothing_came_at_all_is_told_too()
    {
        using var probe = World.Listen(Create());

        var error = Assert.Throws<ExpectationException>(() => probe.Expect<PoolEvent>(Seconds(1)));

        Assert.StartsWith(
            "Pool 'test' has told of no PoolEvent as expected within 1.000 s of virtual time. It has told of nothing.\n",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_is_not_expected_is_an_error_at_the_moment_when_it_comes()
    {
        var pool = Create(options => options.IdleTimeout = Seconds(90));
        using var probe = World.Listen(pool);
        Acquire(pool).Dispose();

        probe.ExpectNone<ConnectionClosed>(during: Seconds(89));
        var error = Assert.Throws<ExpectationException>(() => probe.ExpectNone<ConnectionClosed>(during: Seconds(89)));

        Assert.Equal(Seconds(90), World.Time.Elapsed);
        Assert.StartsWith(
            """
            Pool 'test' has told of a ConnectionClosed, of which none was expected for 89.000 s of virtual time. It has told of:
              at 0.000 s: ConnectionOpened (connection 1)
              at 90.000 s: ConnectionClosed (connection 1, IdleTimeout)
            """,
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_probe_hears_no_more()
    {
        var pool = Create();
        var probe = World.Listen(pool);
        probe.Dispose();

        Acquire(pool).Dispose();

        Assert.Empty(probe.Heard);
    }
}
