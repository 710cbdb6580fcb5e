namespace ActorPool.Budgets.Simulation.Time;

/// <summary>When something happens; of those at the same time, chance decides.</summary>
readonly record struct Due(long At, uint Lot, long Number);
