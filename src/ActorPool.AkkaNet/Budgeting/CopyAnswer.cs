namespace ActorPool.AkkaNet.Budgeting;

/// <summary>A copy's answer.</summary>
/// <param name="Follows">Which keeper it follows, after it has done what it was asked for.</param>
/// <param name="Loaded">The records that were wanted; null: it has none.</param>
/// <param name="Refusal">Why it has done nothing; null: it has.</param>
sealed record CopyAnswer(KeeperMark Follows, BudgetRecords? Loaded = null, string? Refusal = null) : IKeeperMessage;
