namespace ActorPool.Budgets.Node;

/// <summary>What an operator wants to know of a node, for logs and metrics.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Node">The other node that it concerns; null: this one.</param>
/// <param name="Count">A number that belongs to it.</param>
/// <param name="Text">A text that belongs to it; null: none. Without secrets.</param>
sealed record AgentNews(AgentNewsKind Kind, string? Node = null, int Count = 0, string? Text = null);
