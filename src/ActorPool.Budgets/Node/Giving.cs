namespace ActorPool.Budgets.Node;

/// <summary>Grants are on their way back: first the pools let go of them, then the engine is told.</summary>
/// <param name="Target">What the pools may have meanwhile.</param>
/// <param name="IsOrder">Whether also connections go that are in use, when they come back.</param>
/// <param name="Since">When the pools were told.</param>
sealed record Giving(int Target, bool IsOrder, TimeSpan Since);
