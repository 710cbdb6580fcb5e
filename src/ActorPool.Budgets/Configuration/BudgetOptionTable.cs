using ActorPool.Hosting.Configuration.Tables;
using ActorPool.Hosting.Configuration.Values;

namespace ActorPool.Budgets.Configuration;

/// <summary>The options of a budget, as text says them.</summary>
static class BudgetOptionTable
{
    public static readonly OptionTable<ClusterBudgetOptions> Table = new OptionTable<ClusterBudgetOptions>("a budget")
        .Text(nameof(ClusterBudgetOptions.Name), static (options, value) => options.Name = value)
        .Count(nameof(ClusterBudgetOptions.Connections), static (options, value) => options.Connections = value)
        .TextOrNull(nameof(ClusterBudgetOptions.NodeName), static (options, value) => options.NodeName = value)
        .Value(
            nameof(ClusterBudgetOptions.NodeNumber), ValueKinds.Count, static (options, value) => options.NodeNumber = value, static options => options.NodeNumber = null)
        .Value(nameof(ClusterBudgetOptions.MaxNodes), ValueKinds.Count, static (options, value) => options.MaxNodes = value, static options => options.MaxNodes = null)
        .Time(nameof(ClusterBudgetOptions.Lifetime), static (options, value) => options.Lifetime = value)
        .Time(nameof(ClusterBudgetOptions.Margin), static (options, value) => options.Margin = value)
        .Time(nameof(ClusterBudgetOptions.ClosingTime), static (options, value) => options.ClosingTime = value)
        .Value(
            nameof(ClusterBudgetOptions.RenewInterval), ValueKinds.Time, static (options, value) => options.RenewInterval = value, static options => options.RenewInterval = null)
        .Value(
            nameof(ClusterBudgetOptions.RequestTimeout), ValueKinds.Time, static (options, value) => options.RequestTimeout = value, static options => options.RequestTimeout = null)
        .Time(nameof(ClusterBudgetOptions.PollInterval), static (options, value) => options.PollInterval = value)
        .Time(nameof(ClusterBudgetOptions.SettleTime), static (options, value) => options.SettleTime = value)
        .Time(nameof(ClusterBudgetOptions.FreezeQuarantine), static (options, value) => options.FreezeQuarantine = value)
        .OneOf<OnDeadline>(nameof(ClusterBudgetOptions.OnDeadline), static (options, value) => options.OnDeadline = value)
        .Count(nameof(ClusterBudgetOptions.OfflineFloor), static (options, value) => options.OfflineFloor = value)
        .Count(nameof(ClusterBudgetOptions.EngineConnections), static (options, value) => options.EngineConnections = value);
}
