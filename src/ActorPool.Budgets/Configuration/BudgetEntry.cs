using Microsoft.Extensions.Configuration;

namespace ActorPool.Budgets.Configuration;

/// <summary>One budget as it is configured.</summary>
sealed class BudgetEntry
{
    /// <summary>Its key: that under <c>budgets</c>, or that of the pool whose own it is.</summary>
    public required string Key { get; init; }

    /// <summary>Its object.</summary>
    public required IConfigurationSection Section { get; init; }

    /// <summary>How it behaves. Its name is its key, unless its object says another.</summary>
    public ClusterBudgetOptions Options { get; } = new();

    /// <summary>What its engine is called; empty if it does not say, which is a problem.</summary>
    public string Engine { get; set; } = "";

    /// <summary>Where its fence is said, here or in the defaults of all; null for none.</summary>
    public IConfigurationSection? Fence { get; set; }
}
