using ActorPool.Budgets.Book;

namespace ActorPool.Budgets.Node;

/// <summary>The engine's request that is under way.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Sent">When it was about to be sent: a deadline counts from there.</param>
sealed record PendingRequest(long Id, RequestPurpose Purpose, BudgetMoment Sent)
{
    /// <summary>The node's own record, if the request writes it; null: it does not, or removes it.</summary>
    public NodeRecord? Own { get; init; }

    /// <summary>The other node that it is about.</summary>
    public Entry<NodeRecord>? Other { get; init; }
}
