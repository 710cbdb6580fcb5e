namespace ActorPool.Simulation;

/// <summary>What is replayed: a seed, and, when it was made shorter, what is left of it.</summary>
/// <param name="Seed">Of everything that chance decides.</param>
/// <param name="Steps">Which of the steps are taken; null for all of them.</param>
/// <param name="Plain">Which of the options are left at their defaults, as bits.</param>
sealed record Schedule(ulong Seed, int[]? Steps = null, ulong Plain = 0);
