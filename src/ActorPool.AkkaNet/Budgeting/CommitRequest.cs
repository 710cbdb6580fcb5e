using ActorPool.Budgets;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>A node asks the keeper for a transaction.</summary>
sealed record CommitRequest(GrantTransaction Transaction) : IKeeperMessage;
