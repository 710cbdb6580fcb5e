using System.Diagnostics;

namespace ActorPool;

/// <summary>An <see cref="IClusterBudget"/> at one moment, as one node knows it.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record ClusterBudgetSnapshot
{
    /// <summary>The budget's name.</summary>
    public required string Name { get; init; }

    /// <summary>This node's name.</summary>
    public required string Node { get; init; }

    /// <summary>How this node stands to the budget.</summary>
    public required ClusterBudgetState State { get; init; }

    /// <summary>How many connections all nodes may have, floors and the engine's own included.</summary>
    public required int Connections { get; init; }

    /// <summary>Grants that nobody holds; null until the book was read. Below 0 after the budget was lowered, until enough have come back.</summary>
    public int? Free { get; init; }

    /// <summary>Grants that this node holds.</summary>
    public required int Held { get; init; }

    /// <summary>Grants that its pools would like to have in all.</summary>
    public required int Wanted { get; init; }

    /// <summary>Connections that its pools have.</summary>
    public required int Used { get; init; }

    /// <summary>How long it may use its grants without another renewal; null: it has not joined. Zero once the deadline has passed.</summary>
    public TimeSpan? DeadlineIn { get; init; }

    /// <summary>How long ago the last renewal was sent that was acknowledged; null if there has been none.</summary>
    public TimeSpan? RenewedAgo { get; init; }

    /// <summary>How many connections the node keeps when it is cut off.</summary>
    public int OfflineFloor { get; init; }

    /// <summary>How many renewals were acknowledged.</summary>
    public required long Renewals { get; init; }

    /// <summary>How many renewals failed or came to nothing.</summary>
    public required long RenewalsFailed { get; init; }

    /// <summary>How many silent nodes this node has fenced off.</summary>
    public required long Fences { get; init; }

    /// <summary>Whether the engine has lost its memory (a fail-over, a restore), and nothing is granted until all have said what they hold.</summary>
    public required bool IsReconciling { get; init; }

    /// <summary>What the engine said last when it failed; null if it has not, or has answered since. Without secrets.</summary>
    public string? LastError { get; init; }

    /// <summary>All nodes, this one included, in the order of their names. Some seconds old, and read more often while somebody looks.</summary>
    public required IReadOnlyList<ClusterNodeSnapshot> Nodes { get; init; }

    /// <summary>The numbers in one line.</summary>
    public override string ToString() => $"budget '{Name}', node '{Node}' ({State}): holds {Held}, wants {Wanted}, uses {Used} of {Connections}";
}
