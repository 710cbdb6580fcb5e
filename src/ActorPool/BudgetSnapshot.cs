using System.Diagnostics;

namespace ActorPool;

/// <summary>A <see cref="ConnectionBudget"/> at one moment. Taken in one turn, so that the numbers belong together.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record BudgetSnapshot
{
    internal BudgetSnapshot()
    {
    }

    /// <summary>The cap.</summary>
    public required int Max { get; init; }

    /// <summary>How often the cap was set since the budget was made: which of several settings of it this one is.</summary>
    public required long Resizes { get; init; }

    /// <summary>How many grants are out. Above <see cref="Max"/> only after it was lowered, until they are returned.</summary>
    public required int Granted { get; init; }

    /// <summary>The pools, in the order in which they joined.</summary>
    public required IReadOnlyList<BudgetMemberSnapshot> Members { get; init; }

    /// <summary>The numbers in one line.</summary>
    public override string ToString() => $"{Granted} of {Max} connections granted to {Members.Count} pools";
}
