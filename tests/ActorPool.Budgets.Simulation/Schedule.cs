namespace ActorPool.Budgets.Simulation;

/// <summary>What is replayed: a seed, and, when it was made shorter, what is left of it.</summary>
/// <param name="Seed">Of everything that chance decides.</param>
/// <param name="Incidents">Which of the incidents happen; null for all of them.</param>
/// <param name="Plain">Which of the options are left plain, as bits.</param>
sealed record Schedule(ulong Seed, int[]? Incidents = null, ulong Plain = 0);
