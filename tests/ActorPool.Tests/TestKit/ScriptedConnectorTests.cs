using System.Net.Sockets;
using ActorPool.TestKit;

namespace ActorPool.Tests.TestKit;

/// <summary>Every way in which a script has a pool's connections go wrong.</summary>
public sealed class ScriptedConnectorTests : VirtualPoolTest
{
    static readonly IOException Broken = new("broken");

    [Fact]
    public void Opens_fail_as_often_as_planned()
    {
        Connector.Opens.Next(3, StepPlan.Fail(Broken));
        var pool = Create();
        using var probe = World.Listen(pool);

        World.Await(() => pool.AcquireAsync()).Dispose();

        Assert.Equal(3, probe.Heard.OfType<OpenFailed>().Count(failed => failed.Error == Broken));
        Assert.Equal((4, 1), (Connector.Opens.Calls, Connector.OpenedCount));
        Assert.Throws<ArgumentOutOfRangeException>(() => Connector.Opens.Next(-1, StepPlan.Hang));
    }

    [Fact]
    public void An_open_that_hangs_ends_by_its_timeout()
    {
        Connector.Opens.Next(StepPlan.Hang);
        var pool = Create(options => { options.ConnectTimeout = Seconds(3); options.MaxSize = 1; });

        World.Await(() => pool.AcquireAsync()).Dispose();

        Assert.InRange(World.Time.Elapsed, Seconds(3), Seconds(4));
    }

    [Fact]
    public void A_connection_whose_operation_fails_is_dead_from_then_on()
    {
        var pool = Create();
        var lease = Acquire(pool);
        Connector.Operations.Next(StepPlan.Fail(Broken));

        Assert.Same(Broken, Failure<IOException>(Operate(lease.Connection)));
        Assert.Equal("The connection is dead.", Failure<IOException>(Operate(lease.Connection)).Message);
        Assert.False(Connector.IsReusable(lease.Connection));
        lease.Dispose();
    }

    [Fact]
    public void A_harmless_failure_of_an_operation_leaves_its_connection_alive()
    {
        Connector.Harmless = static error => error is FormatException;
        using var lease = Acquire(Create());
        Connector.Operations.Next(StepPlan.Fail(new FormatException()));

        Failure<FormatException>(Operate(lease.Connection));

        Assert.True(Operate(lease.Connection).IsCompletedSuccessfully);
    }

    [Fact]
    public void A_cancelled_operation_leaves_its_connection_dead()
    {
        using var lease = Acquire(Create());
        using var cancellation = new CancellationTokenSource();
        Connector.Operations.Next(StepPlan.Hang);
        var operation = Operate(lease.Connection, cancellation.Token);

        cancellation.Cancel();

        Assert.True(operation.IsCanceled);
        Assert.False(Connector.IsReusable(lease.Connection));
    }

    [Fact]
    public void An_operation_takes_its_time_and_fails_at_its_end_if_its_connection_has_died_meanwhile()
    {
        using var lease = Acquire(Create());
        Connector.Operations.Always(StepPlan.After(Seconds(2)));
        var operation = Operate(lease.Connection);

        Connector.Kill(lease.Connection);
        World.Advance(Seconds(1.9));
        Assert.False(operation.IsCompleted);
        World.Advance(Seconds(0.1));

        Failure<IOException>(operation);
    }

    [Fact]
    public void An_operation_on_a_closed_connection_is_refused()
    {
        var pool = Create();
        var lease = Acquire(pool);
        var connection = lease.Connection;
        World.Await(() => pool.EvictAsync(EvictMode.Hard));

        Assert.Contains("not open", Failure<ObjectDisposedException>(Operate(connection)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_killed_while_idle_is_found_dead_at_hand_out()
    {
        var pool = Create();
        Acquire(pool).Dispose();
        World.Advance(Seconds(2));
        Connector.Kill(Connector.Open[0]);

        using var lease = Acquire(pool);

        Assert.Equal(2, lease.ConnectionId);
        Assert.Equal(CloseReason.NotReusable, Connector.Closed.Single().Reason);
    }

    [Fact]
    public void A_look_that_lies_hands_it_out()
    {
        var pool = Create();
        Acquire(pool).Dispose();
        World.Advance(Seconds(2));
        Connector.Kill(Connector.Open[0]);
        Connector.LiesInIsReusable = true;

        using var lease = Acquire(pool);

        Assert.Equal(1, lease.ConnectionId);
        Failure<IOException>(Operate(lease.Connection));
    }

    [Fact]
    public void A_connection_whose_other_end_has_vanished_hangs_in_its_probe()
    {
        var pool = Create(options => { options.MinSize = 1; options.KeepaliveTimeout = Seconds(5); });
        using var probe = World.Listen(pool);
        Connector.KillAll(StepPlan.Hang);
        World.RunUntil(() => pool.Snapshot().Probing == 1);
        var probed = World.Time.Elapsed;

        Assert.Equal(CloseReason.ProbeFailed, probe.Expect<ConnectionClosed>().Reason);

        Assert.Equal(Seconds(5), World.Time.Elapsed - probed);
    }

    [Fact]
    public void A_server_that_is_stopped_leaves_dead_connections_and_refuses_opens_until_it_is_started()
    {
        var pool = Create();
        var lease = Acquire(pool);
        Connector.Opens.Next(StepPlan.After(Seconds(1)));

        Connector.StopServer();
        Failure<IOException>(Operate(lease.Connection));
        lease.MarkFaulty(Broken);
        lease.Dispose();
        var acquire = BeginAcquire(pool, Seconds(60));
        World.Advance(Seconds(10));
        Assert.IsType<SocketException>(Assert.Throws<AcquireTimeoutException>(() => World.Await(() => pool.AcquireAsync(Seconds(1)))).InnerException);

        Connector.StartServer();
        Assert.Equal(0, Connector.OpenedCount - 1);
        World.Await(acquire).Dispose();
        Assert.Equal(2, Connector.OpenedCount);
    }

    [Fact]
    public void An_open_under_way_when_the_server_stops_fails_at_its_end()
    {
        Connector.Opens.Next(StepPlan.After(Seconds(1)));
        var pool = Create();
        using var probe = World.Listen(pool);
        var acquire = BeginAcquire(pool);

        Connector.StopServer();
        Assert.IsType<SocketException>(probe.Expect<OpenFailed>(Seconds(1)).Error);

        Connector.StartServer();
        World.Await(acquire).Dispose();
    }

    [Fact]
    public void A_slow_close_is_given_up_after_its_timeout()
    {
        Connector.Closes.Next(StepPlan.After(Seconds(60)));
        var pool = Create(options => options.CloseTimeout = Seconds(2));
        Acquire(pool).Dispose();

        World.Await(() => pool.DrainAsync(), within: Seconds(2));

        Assert.Single(Connector.Open);
    }

    [Fact]
    public void A_lease_that_is_returned_while_an_operation_goes_on_is_a_violation_when_the_pool_resets_its_connection()
    {
        var connector = ScriptedConnection.Connector(ConnectorSteps.All);
        var pool = ConnectionPool.Create(connector, runtime: World.Runtime);
        var lease = World.Await(() => pool.AcquireAsync());
        connector.Operations.Next(StepPlan.After(Seconds(1)));
        var operation = connector.OperateAsync(lease.Connection).AsTask();

        lease.Dispose();
        World.Await(operation);

        Assert.Equal(["a reset of a connection while an operation on it was under way"], connector.Violations);
        World.Await(() => pool.DrainAsync());
    }

    [Fact]
    public void What_a_pool_must_not_do_with_a_connection_is_a_violation()
    {
        var connector = ScriptedConnection.Connector();
        var stranger = new ScriptedConnection(1);
        connector.Probes.Next(StepPlan.Hang);

        _ = connector.ProbeAsync(stranger, CancellationToken.None);
        _ = connector.ResetAsync(stranger, CancellationToken.None);

        Assert.Equal(
            [
                "a probe of a connection that is not open",
                "a reset of a connection that is not open",
                "a reset of a connection while another step of it was under way",
            ],
            connector.Violations);
    }

    Task Operate(ScriptedConnection connection, CancellationToken cancellationToken = default) =>
        World.Start(() => Connector.OperateAsync(connection, cancellationToken));
}
