using ActorPool.Hosting.Configuration.Tables;

namespace ActorPool.Budgets.Configuration;

/// <summary>What a <c>budget { … }</c> may say. The objects of its engines are read by these.</summary>
static class BudgetEntryTable
{
    public const string Engine = nameof(BudgetEntry.Engine);

    public const string Fence = nameof(BudgetEntry.Fence);

    public static readonly OptionTable<BudgetEntry> Table = new OptionTable<BudgetEntry>("a budget", PoolOptionTable.Table.Knows)
        .With(static entry => entry.Options, BudgetOptionTable.Table)
        .Text(Engine, static (entry, value) => entry.Engine = value)
        .Object(Fence, static (section, entry, _) => entry.Fence = section, []);
}
