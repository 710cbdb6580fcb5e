using System.Reflection;
using ActorPool.Diagnostics;
using ActorPool.Net;
using ActorPool.TestKit;
using ActorPool.Tests.Net;
using Microsoft.Extensions.Logging;

namespace ActorPool.Tests.Diagnostics;

/// <summary>What is logged, how loudly, and in which words.</summary>
public sealed class EventLogTests : IDisposable
{
    readonly ListLogger _logger = new();
    readonly VirtualRuntime _world;
    readonly ScriptedConnector<ScriptedConnection> _connector = ScriptedConnection.Connector();

    public EventLogTests() => _world = new VirtualRuntime(1, _logger);

    public void Dispose() => _logger.Dispose();

    [Fact]
    public void Every_line_has_a_number_of_its_own()
    {
        var lines = Lines();

        Assert.True(lines.Count >= 19, $"{lines.Count} lines");
        Assert.Equal(lines.Count, lines.Select(line => line.EventId).Distinct().Count());
        Assert.All(lines, line => Assert.InRange(line.EventId, 100, 799));
    }

    [Fact]
    public void Every_line_begins_with_whom_it_is_about()
    {
        string[] beginnings = ["Pool '{PoolName}'", "{Actor}", "{Endpoint}:"];

        Assert.All(Lines(), line => Assert.Contains(beginnings, beginning => line.Message.StartsWith(beginning, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_connection_that_was_lost_tells_how_it_came()
    {
        var pool = Create();
        Acquire(pool).Dispose();
        _world.Advance(TimeSpan.FromSeconds(2));

        _connector.Condemn(_connector.Open[0], new IOException("closed by peer"));
        _world.Run();

        var (level, message) = Line(203);
        Assert.Equal(LogLevel.Information, level);
        Assert.StartsWith("Pool 'orders' lost connection 1 (Condemned) after 2.000 s and 1 uses.", message, StringComparison.Ordinal);
        Assert.EndsWith(
            "Its last transitions: Open → Opening, 2.000 s ago; Opened → Idle, 2.000 s ago; Take → Leased, 2.000 s ago; "
            + "Return → Idle, 2.000 s ago; Retire → Closing, 0.000 s ago; Closed → Empty, 0.000 s ago.",
            message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_is_let_go_in_good_order_is_worth_a_debug_line()
    {
        Acquire(Create()).Dispose();

        _world.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal((LogLevel.Debug, "Pool 'orders' opened connection 1."), Line(200));
        Assert.Equal((LogLevel.Debug, "Pool 'orders' closed connection 1 (IdleTimeout) after 300.000 s and 1 uses."), Line(202));
    }

    [Fact]
    public void A_failed_open_warns_with_the_health_and_the_next_attempt_and_its_end_is_told()
    {
        _connector.Opens.Next(StepPlan.Fail(new IOException("refused")));
        var pool = Create();
        var acquire = pool.AcquireAsync().AsTask();
        _world.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((LogLevel.Warning, "Pool 'orders' could not open connection 1 and is Failing; next attempt in 0.100 s."), Line(201));
        Assert.Equal((LogLevel.Information, "Pool 'orders' can open connections again."), Line(205));
        acquire.Result.Dispose();
    }

    [Fact]
    public void A_drain_is_told_from_its_beginning_to_its_end_with_whom_it_cut()
    {
        var pool = Create();
        var asked = pool.Ref.Ask(new AcquireLease(Holder: "invoice 7")).AsTask();
        _world.Run();
        Assert.True(asked.Result.IsSuccess);

        _ = pool.DrainAsync(TimeSpan.FromSeconds(3));
        _world.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal((LogLevel.Information, "Pool 'orders' is closing: 1 leases are out, 0 waiters fail."), Line(300));
        Assert.Equal((LogLevel.Warning, "Pool 'orders' took connection 1 back from its holder (invoice 7) after 3.000 s (PoolClosed); it is closed."), Line(302));
        Assert.Equal((LogLevel.Information, "Pool 'orders' is closed."), Line(301));
    }

    [Fact]
    public void A_close_that_fails_warns()
    {
        _connector.Closes.Next(StepPlan.Fail(new IOException("already gone")));
        var pool = Create();
        var lease = Acquire(pool);
        lease.MarkFaulty();
        lease.Dispose();
        _world.Run();

        Assert.Equal((LogLevel.Warning, "Pool 'orders' could not close connection 1 properly."), Line(204));
    }

    [Fact]
    public void A_holder_that_cannot_say_its_name_does_not_spoil_the_line()
    {
        new EventLog(_logger).Write(new LeaseRevoked("orders", 4, new Nameless(), 1_500, CloseReason.PoolClosed));

        Assert.Equal(
            "Pool 'orders' took connection 4 back from its holder (Nameless (its ToString threw InvalidOperationException)) after 1.500 s (PoolClosed); it is closed.",
            Line(302).Message);
    }

    [Fact]
    public void What_it_does_not_know_it_leaves_alone()
    {
        new EventLog(_logger).Write("something else");

        Assert.Empty(_logger.Entries);
    }

    static List<LoggerMessageAttribute> Lines() =>
    [
        .. new[] { typeof(PoolLog), typeof(NetLog), typeof(RetryLog), typeof(BudgetLog), typeof(RoutingLog) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>(),
    ];

    ConnectionPool<ScriptedConnection> Create()
    {
        var pool = ConnectionPool.Create(
            _connector,
            new PoolOptions { Name = "orders", ReconnectBackoff = { Jitter = false }, LifetimeJitter = 0 },
            _world.Runtime);
        _world.Run();
        return pool;
    }

    Lease<ScriptedConnection> Acquire(ConnectionPool<ScriptedConnection> pool)
    {
        var acquire = pool.AcquireAsync().AsTask();
        _world.Run();
        return acquire.Result;
    }

    (LogLevel Level, string Message) Line(int id)
    {
        _world.Run();
        var entry = Assert.Single(_logger.Entries, entry => entry.Id.Id == id);
        return (entry.Level, entry.Message);
    }

    sealed class Nameless
    {
        public override string ToString() => throw new InvalidOperationException();
    }
}
