using System.Net.Sockets;
using System.Security.Authentication;
using ActorPool.TestKit;
using ActorPool.Tests.Net;

namespace ActorPool.Tests.Seeds;

/// <summary>The pool held against <c>geventconnpool</c>, as it was meant where it does something else.</summary>
/// <remarks>
/// Deliberate differences, by row:
/// <list type="bullet">
/// <item>Factory returns falsy, factory raises: one way to fail, an exception, and null counts as one. The waits between
/// attempts belong to the endpoint, not to each slot, so that a hundred slots do not knock a hundred times; the default
/// has jitter, which these tests turn off.</item>
/// <item>Factory raises in a filler: the slot is lost there for ever; here it never is.</item>
/// <item>Exception in scope, in exc_classes: there is no pause of 1 s before the replacement. A pause after an isolated fault
/// only makes the pool smaller; if the endpoint is really down, the first failed open begins the backoff. And the
/// connection is closed, not dropped.</item>
/// <item>Any other exception: cancellation in the middle of an operation is a fault unless the connector says otherwise: half
/// a reply may be on its way.</item>
/// <item>max_failures: <see cref="RetryOptions.MaxAttempts"/> counts attempts, the first included, thus one more.</item>
/// <item>interval: no wait after the last failure.</item>
/// <item>Options form: no decorator; <see cref="RetryOptions"/> are an object for any number of calls.</item>
/// <item>Logging: levels can be chosen, the text cannot: log lines keep one shape and have ids.</item>
/// <item>Handshake: an upgrade within the connection (STARTTLS) is the business of a connector whose protocol has it; logging
/// in is <see cref="TcpConnectorOptions.Handshake"/> (tested here).</item>
/// <item>Keepalive: every idle connection once per <see cref="PoolOptions.KeepaliveInterval"/>, on timers of their own with a
/// random start, instead of one tick that takes leases in turn. While all are leased nothing is probed: use proves more.</item>
/// <item>Keepalive without a callback: a connector without a probe is not probed. The interval has a default, so that it
/// cannot be taken for a wish that must be refused.</item>
/// <item>Size 0: refused.</item>
/// </list>
/// </remarks>
public sealed partial class GeventConnpoolTests : SeedTest
{
    static readonly Func<Exception, bool> SocketErrors = FaultRules.AnyOf<SocketException, IOException>();

    [Fact]
    public void The_pool_keeps_its_size_open_and_a_size_of_zero_is_refused()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize) = (5, 5));
        Assert.Equal(5, pool.Snapshot().Idle);

        World.Advance(TimeSpan.FromDays(1));
        Assert.Equal(5, pool.Snapshot().Idle);

        Assert.Contains("MaxSize is 0", Assert.Throws<ArgumentException>(() => Create(options => options.MaxSize = 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Connections_are_opened_a_tenth_of_a_second_apart()
    {
        var openedAt = new List<double>();
        Connector = new ScriptedConnector<ScriptedConnection>(context =>
        {
            openedAt.Add(NowMs);
            return new ScriptedConnection(context.ConnectionId);
        });

        var pool = Create(options => (options.MinSize, options.MaxSize, options.FillStagger) = (5, 5, Ms(100)));
        World.Advance(Seconds(2));

        Assert.Equal([0, 100, 200, 300, 400], openedAt);
        Assert.Equal(5, pool.Snapshot().Idle);
    }

    [Fact]
    public void Making_the_pool_waits_for_nothing_and_an_acquire_for_the_first_connection_only()
    {
        Connector.Opens.Always(StepPlan.After(Ms(50)));
        var pool = Create(options => (options.MinSize, options.MaxSize, options.FillStagger) = (5, 5, Ms(100)));
        Assert.Equal(0, NowMs);
        var acquire = BeginAcquire(pool);
        var warm = pool.WarmUpAsync();

        World.Advance(Ms(50));
        Assert.True(acquire.IsCompletedSuccessfully);
        Assert.False(warm.IsCompleted);
        World.Advance(Ms(400));

        Assert.True(warm.IsCompletedSuccessfully);
        acquire.Result.Dispose();
    }

    [Fact]
    public void Connections_are_used_in_turn()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize, options.Order) = (3, 3, IdleOrder.Fifo));

        Assert.Equal([1, 2, 3, 1, 2, 3, 1], Enumerable.Range(0, 7).Select(_ => Touch(pool)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_factory_that_fails_is_called_again_after_waits_that_double(bool throws)
    {
        var attempts = new List<double>();
        var isUp = false;
        var pool = CreateOn(
            ActorPool.Connector.Create((context, _) =>
            {
                attempts.Add(Math.Round(NowMs / 1_000, 3));
                return isUp ? ValueTask.FromResult(new ScriptedConnection(context.ConnectionId))
                    : throws ? throw new SocketException((int)SocketError.ConnectionRefused)
                    : ValueTask.FromResult((ScriptedConnection)null!);
            }),
            options =>
            {
                (options.MinSize, options.MaxSize) = (1, 1);
                (options.ReconnectBackoff.Initial, options.ReconnectBackoff.Max) = (Ms(100), Seconds(409.6));
            });

        World.Advance(Seconds(3.1));
        Assert.Equal([0, .1, .3, .7, 1.5, 3.1], attempts);

        // 0.1 s · (2¹³ − 1) have been waited when the bound is reached, and from there on the waits are equal.
        World.Advance(Seconds(819.1 - 3.1));
        Assert.Equal(14, attempts.Count);
        World.Advance(Seconds(2 * 409.6));
        Assert.Equal([409.6, 409.6, 409.6], attempts.Zip(attempts.Skip(1), (one, next) => Math.Round(next - one, 3)).TakeLast(3));

        isUp = true;
        World.Advance(Seconds(409.6));
        Assert.Equal(1, pool.Snapshot().Idle);
        End(pool);
    }

    [Fact]
    public void A_factory_that_throws_anything_loses_no_slot_and_its_error_can_be_seen()
    {
        Connector.Opens.Next(StepPlan.Fail(new SocketException((int)SocketError.HostUnreachable)), StepPlan.Fail(new FormatException("bad greeting")), StepPlan.Fail(new InvalidOperationException("odd")));
        var pool = Create(options => (options.MinSize, options.MaxSize) = (2, 2));
        World.Advance(Ms(100));
        Assert.Contains("odd", pool.Snapshot().LastOpenError, StringComparison.Ordinal);

        World.Advance(Seconds(5));

        Assert.Equal((2, 3L), (pool.Snapshot().Idle, pool.Snapshot().OpensFailed));
        Assert.Null(pool.Snapshot().LastOpenError);
    }

    [Fact]
    public void A_fault_closes_the_connection_reaches_the_caller_and_the_pool_is_full_again()
    {
        Connector.Harmless = error => !SocketErrors(error);
        var pool = Create(options => (options.MinSize, options.MaxSize) = (3, 3));
        var reset = new SocketException((int)SocketError.ConnectionReset);

        Assert.Same(reset, Failure<SocketException>(Fail(pool, null, reset)));
        Assert.IsType<EndOfStreamException>(Failure<IOException>(Fail(pool, null, new EndOfStreamException())));

        Assert.Equal([CloseReason.Fault, CloseReason.Fault], Connector.Closed.Select(closed => closed.Reason));
        Assert.Equal(3, pool.Snapshot().Idle);
    }

    [Fact]
    public void Any_other_error_puts_the_connection_back_at_the_end_of_the_line()
    {
        Connector.Harmless = error => !SocketErrors(error);
        var pool = Create(options => (options.MinSize, options.MaxSize, options.Order) = (3, 3, IdleOrder.Fifo));

        Failure<FormatException>(Fail(pool, null, new FormatException()));

        Assert.Equal(1, Assert.Single(Calls).ConnectionId);
        Assert.Equal([2, 3, 1], Enumerable.Range(0, 3).Select(_ => Touch(pool)));
        Assert.Empty(Connector.Closed);
    }

    [Fact]
    public void A_cancelled_operation_costs_its_connection()
    {
        var pool = Create();

        Failure<OperationCanceledException>(Fail(pool, null, new OperationCanceledException()));

        Assert.Equal(CloseReason.Fault, Assert.Single(Connector.Closed).Reason);
    }

    [Fact]
    public async Task A_lease_that_ends_in_the_middle_of_a_read_leaves_nothing_for_the_next_holder()
    {
        using var server = new LoopbackServer();
        await using var pool = ConnectionPool.Create(new TcpConnector("127.0.0.1", server.Port), new PoolOptions { MaxSize = 1 });
        var first = await pool.AcquireAsync(Patience);
        await using var peer = await server.AcceptAsync();
        await first.Connection.WriteAsync(new byte[] { 1 });
        var abandoned = OpenedStream.ReadOneAsync(first.Connection);

        first.Dispose();
        using var second = await pool.AcquireAsync(Patience);

        Assert.Equal(2, second.ConnectionId);
        _ = await Record.ExceptionAsync(() => abandoned);
    }

    [Theory]
    [InlineData("OK", true)]
    [InlineData("NO", false)]
    public async Task A_login_is_part_of_the_open_and_its_failure_a_failure_to_open(string answer, bool isIn)
    {
        using var server = new LoopbackServer();
        var connector = new TcpConnector("127.0.0.1", server.Port, new TcpConnectorOptions
        {
            Handshake = static async (stream, context, cancellationToken) =>
            {
                await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"LOGIN {context.Credentials!.UserName}\n"), cancellationToken);
                var reply = new byte[3];
                await stream.ReadExactlyAsync(reply, cancellationToken);
                if (reply[0] != 'O')
                {
                    throw new InvalidCredentialException("The server said no.");
                }
            },
        });
        await using var pool = ConnectionPool.Create(connector, new PoolOptions { Credentials = CredentialProvider.Fixed("ann", "secret") });
        var acquire = pool.AcquireAsync(Patience).AsTask();
        await using var peer = await server.AcceptAsync();
        var said = new byte[10];
        await peer.ReadExactlyAsync(said);
        Assert.Equal("LOGIN ann\n", System.Text.Encoding.ASCII.GetString(said));

        await peer.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer + "\n"));

        if (isIn)
        {
            (await acquire).Dispose();
        }
        else
        {
            Assert.Equal(OpenFailureKind.Credentials, (await Assert.ThrowsAsync<ConnectFailedException>(() => acquire)).Kind);
            Assert.Equal(0, pool.Snapshot().Size);
        }
    }

    [Fact]
    public void Whatever_can_be_opened_can_be_pooled()
    {
        var pool = CreateOn(ActorPool.Connector.Create(static (_, _) => ValueTask.FromResult(new Dictionary<string, int> { ["rows"] = 7 })));

        var use = pool.UseAsync(static (table, _) => ValueTask.FromResult(table["rows"])).AsTask();
        World.Run();

        Assert.Equal(7, use.Result);
        End(pool);
    }

    [Fact]
    public void Every_idle_connection_is_kept_alive_once_per_interval()
    {
        var probes = new List<(double AtMs, long Id)>();
        var pool = CreateOn(
            ActorPool.Connector.Create(
                static (context, _) => ValueTask.FromResult(new ScriptedConnection(context.ConnectionId)),
                probe: (connection, _) =>
                {
                    probes.Add((NowMs, connection.Id));
                    return default;
                }),
            options => (options.MinSize, options.MaxSize, options.KeepaliveInterval) = (3, 3, Ms(600)));

        World.Advance(Seconds(6));

        var byConnection = probes.GroupBy(probe => probe.Id, probe => probe.AtMs).ToList();
        Assert.Equal(3, byConnection.Count);
        foreach (var times in byConnection.Select(group => group.ToList()))
        {
            Assert.InRange(times[0], 0, 600);
            Assert.InRange(times.Count, 10, 20);
            Assert.All(times.Zip(times.Skip(1), (one, next) => next - one), wait => Assert.InRange(wait, 1, 600));
        }

        Assert.Equal(3, pool.Snapshot().Idle);
        End(pool);
    }

    [Fact]
    public void Nothing_is_kept_alive_while_all_are_leased_and_no_waiter_is_held_up()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize, options.KeepaliveInterval) = (2, 2, Ms(600)));
        var leases = AcquireMany(pool, 2);
        var waiter = BeginAcquire(pool, Seconds(60));

        World.Advance(Seconds(6));
        Assert.Equal(0, Connector.Probes.Calls);
        leases[0].Dispose();
        World.Run();

        Assert.True(waiter.IsCompletedSuccessfully);
        Assert.Equal(0, Connector.Probes.Calls);
    }

    [Fact]
    public void A_keepalive_that_fails_in_any_way_costs_its_connection_and_the_others_go_on()
    {
        Connector.Probes.Next(StepPlan.Fail(new IOException("gone")), StepPlan.Fail(new FormatException("odd")));
        var pool = Create(options => (options.MinSize, options.MaxSize, options.KeepaliveInterval) = (3, 3, Ms(600)));

        World.Advance(Ms(600));
        Assert.Equal([CloseReason.ProbeFailed, CloseReason.ProbeFailed], Connector.Closed.Select(closed => closed.Reason));
        Assert.Equal(3, pool.Snapshot().Idle);
        var before = Connector.Probes.Calls;
        World.Advance(Seconds(6));

        Assert.InRange(Connector.Probes.Calls - before, 30, 60);
    }

    [Fact]
    public void A_connector_without_a_probe_is_not_asked_to_probe()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.None);
        var pool = Create(options => (options.MinSize, options.KeepaliveInterval) = (1, Ms(600)));

        World.Advance(Seconds(6));

        Assert.Equal(0, Connector.Probes.Calls);
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public async Task The_systems_keepalive_is_set_on_each_socket_not_on_the_machine()
    {
        await using var opened = await OpenedStream.OpenAsync(tls: false, new TcpConnectorOptions { KeepAliveTime = Seconds(30), KeepAliveRetryCount = 4 });
        var socket = opened.Stream.Socket;

        Assert.Equal(1, socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.Equal(30, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.Equal(4, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount));
    }

    [Fact]
    public void Closing_ends_the_filling_and_the_keepalive()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize, options.FillStagger, options.KeepaliveInterval) = (5, 5, Ms(100), Ms(600)));
        World.Advance(Ms(250));

        _ = pool.DrainAsync();
        World.Advance(Seconds(10));

        Assert.Equal((3, 0), (Connector.OpenedCount, Connector.Open.Count));
        Assert.Null(World.Time.NextTimerIn);
    }
}
