namespace ActorPool.Budgets.Cluster.Runs;

/// <summary>More sessions than the budget has, at one look.</summary>
/// <param name="At">When.</param>
/// <param name="Sessions">All of them.</param>
sealed record SessionCount(DateTimeOffset At, IReadOnlyList<CountedSession> Sessions);
