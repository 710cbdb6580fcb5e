using ActorPool.Telemetry.Tests.Otlp;
using ActorPool.TestKit;

namespace ActorPool.Telemetry.Tests;

/// <summary>The metrics of a budget over many machines as a collector receives them.</summary>
public sealed class BudgetExportTests(OtlpReceiver receiver) : OtlpTest(receiver)
{
    [Theory]
    [InlineData("actorpool.budget.connections", "gauge", "{connection}", 200)]
    [InlineData("actorpool.budget.free", "gauge", "{connection}", 31)]
    [InlineData("actorpool.budget.held", "up-down counter", "{connection}", 12)]
    [InlineData("actorpool.budget.wanted", "up-down counter", "{connection}", 15)]
    [InlineData("actorpool.budget.used", "up-down counter", "{connection}", 9)]
    [InlineData("actorpool.budget.renewals.acknowledged", "counter", "{renewal}", 100)]
    [InlineData("actorpool.budget.renewals.failed", "counter", "{renewal}", 3)]
    [InlineData("actorpool.budget.fences", "counter", "{node}", 1)]
    [InlineData("actorpool.budget.deadline", "gauge", "s", 6.5)]
    [InlineData("actorpool.budget.state", "gauge", "", 2)]
    public void Every_metric_of_a_budget_arrives_with_its_name_its_node_and_its_unit(string name, string kind, string unit, double value)
    {
        var budget = new ScriptedBudget(World.Runtime);
        Create("orders", options => options.Budget = budget);
        Create("customers", options => options.Budget = budget);

        var metric = Assert.Single(Metrics(), metric => metric.Name == name);

        Assert.Equal((PoolTelemetry.MeterName, kind, unit), (metric.Scope, metric.Kind, metric.Unit));
        Assert.NotEmpty(metric.Description);
        var point = Assert.Single(metric.Points);
        Assert.Equal(value, point.Value);
        Assert.Equal(
            [("actorpool.budget.name", "shop"), ("actorpool.budget.node", "web-1")],
            point.Attributes.Select(static attribute => (attribute.Key, (string)attribute.Value)).Order());
    }

    [Fact]
    public void What_a_node_does_not_know_yet_it_does_not_tell_and_what_it_may_not_use_is_0()
    {
        var budget = new ScriptedBudget(World.Runtime);
        budget.Now = budget.Now with { State = ClusterBudgetState.Joining, Free = null, DeadlineIn = null };
        Create("orders", options => options.Budget = budget);

        var metrics = Metrics();

        Assert.DoesNotContain(metrics, static metric => metric.Name == "actorpool.budget.free");
        Assert.Equal(0, Assert.Single(metrics, static metric => metric.Name == "actorpool.budget.deadline").Points.Single().Value);
    }

    [Fact]
    public void A_budget_is_told_of_as_long_as_one_of_its_pools_is_open()
    {
        var budget = new ScriptedBudget(World.Runtime);
        var one = Create("orders", options => options.Budget = budget);
        var other = Create("customers", options => options.Budget = budget);
        Create("free");

        World.Await(() => one.DrainAsync());
        Assert.Equal([budget], World.Runtime.ClusterBudgets);
        World.Await(() => other.DrainAsync());

        Assert.Empty(World.Runtime.ClusterBudgets);
        Assert.DoesNotContain(Metrics(), static metric => metric.Name == "actorpool.budget.held");
    }

    /// <summary>A budget that shares as one of a single process does, and says of others what it is told to.</summary>
    sealed class ScriptedBudget(PoolRuntime runtime) : IClusterBudget
    {
        readonly ConnectionBudget _pools = new(10, runtime);

        public string Name => Now.Name;

        public ClusterBudgetSnapshot Now { get; set; } = new()
        {
            Name = "shop",
            Node = "web-1",
            State = ClusterBudgetState.Late,
            Connections = 200,
            Free = 31,
            Held = 12,
            Wanted = 15,
            Used = 9,
            DeadlineIn = TimeSpan.FromSeconds(6.5),
            Renewals = 100,
            RenewalsFailed = 3,
            Fences = 1,
            IsReconciling = false,
            Nodes = [],
        };

        public ClusterBudgetSnapshot Snapshot(bool lookAtNodes = true) => Now;

        public IBudgetShare Join(string poolName, IBudgetMember member) => _pools.Join(poolName, member);
    }
}
