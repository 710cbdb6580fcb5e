using Microsoft.Extensions.Configuration;

namespace ActorPool.Budgets.Tests.Configuration;

/// <summary>The example of a budget over many machines says what it claims to.</summary>
public sealed class ExampleTests
{
    [Fact]
    public void Two_pools_to_one_database_share_its_budget()
    {
        Environment.SetEnvironmentVariable("ORDERS_DB", "Host=db.internal;Username=app;Password=hunter2");
        var section = new ConfigurationBuilder().AddHoconString(Repository.Read("hocon/examples/cluster-budget.conf")).Build().GetSection("actorpool");

        var budget = ConfiguredBudgets.Read(section, "orders");

        Assert.DoesNotContain(ConfiguredBudgets.Lines(section), static line => line.Contains("budget", StringComparison.Ordinal));
        Assert.Equal(("orders", 180, "postgres"), (budget.Entry.Options.Name, budget.Entry.Options.Connections, budget.Entry.Engine));
        Assert.NotNull(budget.Fence);
    }
}
