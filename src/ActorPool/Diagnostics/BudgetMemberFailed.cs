namespace ActorPool.Diagnostics;

/// <summary>The event of a budget's member that threw when it was called.</summary>
sealed record BudgetMemberFailed(string PoolName, Exception Error);
