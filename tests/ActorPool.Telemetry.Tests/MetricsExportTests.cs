using ActorPool.Telemetry.Tests.Otlp;
using ActorPool.TestKit;

namespace ActorPool.Telemetry.Tests;

/// <summary>The metrics of pools as a collector receives them.</summary>
public sealed class MetricsExportTests(OtlpReceiver receiver) : OtlpTest(receiver)
{
    const string State = "db.client.connection.state";
    const string Outcome = "actorpool.acquire.outcome";

    [Theory]
    [InlineData("db.client.connection.count", "up-down counter", "{connection}", State)]
    [InlineData("db.client.connection.idle.max", "up-down counter", "{connection}")]
    [InlineData("db.client.connection.idle.min", "up-down counter", "{connection}")]
    [InlineData("db.client.connection.max", "up-down counter", "{connection}")]
    [InlineData("db.client.connection.pending_requests", "up-down counter", "{request}")]
    [InlineData("db.client.connection.timeouts", "counter", "{timeout}")]
    [InlineData("db.client.connection.create_time", "histogram", "s")]
    [InlineData("db.client.connection.wait_time", "histogram", "s")]
    [InlineData("db.client.connection.use_time", "histogram", "s")]
    [InlineData("actorpool.acquires", "counter", "{acquire}", Outcome)]
    [InlineData("actorpool.oldest_wait", "gauge", "s")]
    [InlineData("actorpool.health", "gauge", "")]
    [InlineData("actorpool.connections.opened", "counter", "{connection}")]
    [InlineData("actorpool.connections.closed", "counter", "{connection}", "actorpool.close.reason")]
    [InlineData("actorpool.opens.failed", "counter", "{open}")]
    [InlineData("actorpool.leases.revoked", "counter", "{lease}")]
    [InlineData("actorpool.leases.lost", "counter", "{lease}")]
    [InlineData("actorpool.leases.returned_again", "counter", "{return}")]
    public void Every_metric_arrives_under_its_name_with_its_unit_and_attributes(string name, string kind, string unit, string? attribute = null)
    {
        var pool = Create("orders", options => options.IdleTimeout = TimeSpan.Zero);
        World.Await(async () => (await pool.AcquireAsync()).Dispose());

        var metric = Assert.Single(Metrics(), metric => metric.Name == name);

        Assert.Equal((PoolTelemetry.MeterName, kind, unit), (metric.Scope, metric.Kind, metric.Unit));
        Assert.NotEmpty(metric.Description);
        string[] attributes = attribute is null ? [Pool] : [Pool, attribute];
        Assert.NotEmpty(metric.Points);
        Assert.All(metric.Points, point => Assert.Equal(attributes.Order(), point.Attributes.Keys.Order()));
        Assert.All(metric.Points, point => Assert.Equal("orders", point.Attributes[Pool]));
    }

    [Fact]
    public void The_numbers_are_those_of_the_pool()
    {
        Connector.Opens.Always(StepPlan.After(Ms(20)));
        var pool = Create("orders", static options =>
        {
            options.MinSize = 1;
            options.MaxSize = 2;
        });
        World.Advance(Ms(20));
        var first = World.Await(() => pool.AcquireAsync());
        var second = World.Await(() => pool.AcquireAsync());
        var waiting = World.Start(() => pool.AcquireAsync());
        var impatient = World.Start(() => pool.AcquireAsync(Ms(30)));
        World.Advance(Ms(250));

        var metrics = Metrics();

        Assert.Equal((2, 0, 0), (Value(metrics, "db.client.connection.count", State, "used"), Value(metrics, "db.client.connection.count", State, "idle"), Value(metrics, "db.client.connection.count", State, "opening")));
        Assert.Equal((2, 2, 1), (Value(metrics, "db.client.connection.max"), Value(metrics, "db.client.connection.idle.max"), Value(metrics, "db.client.connection.idle.min")));
        Assert.Equal((1, 0.25), (Value(metrics, "db.client.connection.pending_requests"), Value(metrics, "actorpool.oldest_wait")));
        Assert.Equal((1, 1), (Value(metrics, "db.client.connection.timeouts"), Value(metrics, "actorpool.acquires", Outcome, "timed_out")));
        Assert.Equal((1, 1), (Value(metrics, "actorpool.acquires", Outcome, "served_at_once"), Value(metrics, "actorpool.acquires", Outcome, "waited")));
        Assert.Equal((2, 0), (Value(metrics, "actorpool.connections.opened"), Value(metrics, "actorpool.health")));
        Assert.IsType<AcquireTimeoutException>(impatient.Exception!.InnerException);

        first.Dispose();
        var third = World.Await(waiting);
        third.MarkFaulty();
        third.Dispose();
        second.Dispose();
        second.Dispose();
        World.Run();
        metrics = Metrics();

        Assert.Equal(1, Value(metrics, "actorpool.connections.closed", "actorpool.close.reason", "fault"));
        Assert.Equal(1, Value(metrics, "actorpool.leases.returned_again"));
        Assert.Equal((1, 0), (Value(metrics, "db.client.connection.count", State, "idle"), Value(metrics, "db.client.connection.pending_requests")));
    }

    [Fact]
    public void Histograms_have_every_wait_use_and_open_in_buckets_from_a_tenth_of_a_millisecond()
    {
        Connector.Opens.Always(StepPlan.After(Ms(20)));
        var pool = Create("orders", static options => options.MaxSize = 1);
        var lease = World.Await(() => pool.AcquireAsync());
        var waiting = World.Start(() => pool.AcquireAsync());
        World.Advance(Ms(300));
        lease.Dispose();
        World.Await(waiting).Dispose();
        World.Await(() => pool.AcquireAsync()).Dispose();

        var metrics = Metrics();

        // One waited for its open, one for the other, one was served at once.
        Assert.Equal((3UL, 0.32), Times(metrics, "db.client.connection.wait_time"));
        Assert.Equal((3UL, 0.3), Times(metrics, "db.client.connection.use_time"));
        Assert.Equal((1UL, 0.02), Times(metrics, "db.client.connection.create_time"));
        var waits = Point(metrics, "db.client.connection.wait_time");
        Assert.Equal([0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60], waits.Bounds);
        Assert.Equal([1UL, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0], waits.Buckets);
    }

    [Fact]
    public void An_endpoint_that_fails_shows_in_health_failed_opens_and_refused_acquires()
    {
        Connector.Opens.Always(StepPlan.Fail(new IOException("refused")));
        var pool = Create("orders", static options =>
        {
            options.UnavailableAfter = TimeSpan.FromSeconds(1);
            options.ReconnectBackoff.Initial = Ms(100);
            options.ReconnectBackoff.Max = Ms(100);
        });
        var waiting = World.Start(() => pool.AcquireAsync());
        World.Advance(Ms(150));
        Assert.Equal(1, Value(Metrics(), "actorpool.health"));

        World.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<EndpointUnavailableException>(waiting.Exception!.InnerException);
        Assert.IsType<EndpointUnavailableException>(World.Start(() => pool.AcquireAsync()).Exception!.InnerException);
        var metrics = Metrics();

        Assert.Equal((2, 2), (Value(metrics, "actorpool.health"), Value(metrics, "actorpool.acquires", Outcome, "unavailable")));
        Assert.Equal(pool.Snapshot().OpensFailed, Value(metrics, "actorpool.opens.failed"));
        Assert.DoesNotContain(metrics, static metric => metric.Name == "db.client.connection.create_time");
    }

    [Fact]
    public void Pools_of_one_name_are_added_up()
    {
        var one = Create("orders", static options => options.MinSize = 2);
        Create("orders", static options => options.MinSize = 3);
        Create("customers", static options => options.MinSize = 1);
        var lease = World.Await(() => one.AcquireAsync());

        var metrics = Metrics();

        Assert.Equal((4, 1), (Value(metrics, "db.client.connection.count", State, "idle"), Value(metrics, "db.client.connection.count", State, "used")));
        Assert.Equal(1, Value(metrics, "db.client.connection.count", State, "idle", pool: "customers"));
        lease.Dispose();
    }

    [Fact]
    public void Grants_of_a_budget_are_told_of_pools_that_have_one()
    {
        var budget = new ConnectionBudget(3, World.Runtime);
        Create("free");
        Create("orders", options =>
        {
            options.Budget = budget;
            options.MinSize = 2;
        });

        var granted = Assert.Single(Metrics(), static metric => metric.Name == "actorpool.budget.granted");

        Assert.Equal(("orders", 2.0), (granted.Points.Single().Attributes[Pool], granted.Points.Single().Value));
    }

    [Fact]
    public void What_waits_at_a_replica_group_is_told_under_names_of_their_own()
    {
        var group = new ReplicaGroup<ScriptedConnection>(
            _ => Connector,
            [Endpoint.Parse("a:1")],
            new ReplicaGroupOptions<ScriptedConnection> { Pool = { Name = "mirrors", MaxSize = 1 } },
            World.Runtime);
        var lease = World.Await(() => group.AcquireAsync());
        var waiting = World.Start(() => group.AcquireAsync());
        var impatient = World.Start(() => group.AcquireAsync(Ms(40)));
        World.Advance(Ms(250));

        var metrics = Metrics();
        var member = Assert.Single(World.Runtime.Pools).Name;

        Assert.Equal((1, 0.25), (Value(metrics, "actorpool.group.pending_requests", pool: "mirrors"), Value(metrics, "actorpool.group.oldest_wait", pool: "mirrors")));
        Assert.Equal((1, 1), (Value(metrics, "actorpool.group.acquires", Outcome, "timed_out", "mirrors"), Value(metrics, "db.client.connection.pending_requests", pool: member)));
        Assert.IsType<AcquireTimeoutException>(impatient.Exception!.InnerException);

        lease.Dispose();
        World.Await(waiting).Dispose();

        // The first has waited for its connection to open.
        Assert.Equal(2, Value(Metrics(), "actorpool.group.acquires", Outcome, "waited", "mirrors"));
    }

    static ReceivedPoint Point(
        IEnumerable<ReceivedMetric> metrics, string name, string? attribute = null, string? value = null, string pool = "orders") => Assert.Single(
        Assert.Single(metrics, metric => metric.Name == name).Points,
        point => pool.Equals(point.Attributes.GetValueOrDefault(Pool) ?? point.Attributes["actorpool.group.name"])
            && (attribute is null || value!.Equals(point.Attributes[attribute])));

    static double Value(
        IEnumerable<ReceivedMetric> metrics, string name, string? attribute = null, string? value = null, string pool = "orders") =>
        Point(metrics, name, attribute, value, pool).Value;

    static (ulong Count, double Sum) Times(IEnumerable<ReceivedMetric> metrics, string name)
    {
        var point = Point(metrics, name);
        return (point.Count, Math.Round(point.Value, 9));
    }
}
