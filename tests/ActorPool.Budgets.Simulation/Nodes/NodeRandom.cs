namespace ActorPool.Budgets.Simulation.Nodes;

/// <summary>An agent's jitter, out of the schedule's seed.</summary>
sealed class NodeRandom(Choices choices) : IRandomSource
{
    public double NextDouble() => choices.NextDouble();
}
