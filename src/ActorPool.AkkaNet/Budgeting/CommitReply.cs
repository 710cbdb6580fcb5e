using ActorPool.Budgets;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>The keeper has done what it was asked for.</summary>
sealed record CommitReply(GrantReply Reply) : IKeeperMessage;
