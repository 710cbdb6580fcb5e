namespace ActorPool.Budgets.Simulation;

/// <summary>A promise that was broken: which check noticed, and what.</summary>
sealed record Violation(string Check, string Message)
{
    public override string ToString() => $"{Check}: {Message}";
}
