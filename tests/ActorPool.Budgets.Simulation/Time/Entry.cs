using ActorPool.Budgets.Simulation.Nodes;

namespace ActorPool.Budgets.Simulation.Time;

/// <summary>Something that will happen.</summary>
/// <param name="Owner">The process whose doing it is: it waits while that is paused, and never happens once it is dead. Null: nobody's.</param>
/// <param name="Run">What.</param>
readonly record struct Entry(NodeProcess? Owner, Action Run);
