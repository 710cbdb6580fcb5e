namespace ActorPool.Hosting.Budgeting;

/// <summary>A budget over many machines, and what its connections must call themselves.</summary>
/// <param name="Budget">The budget; disposed of when the host has stopped.</param>
/// <param name="ClientName">The name by which its fence knows this process's connections; null if there is no fence.</param>
/// <param name="Then">What is disposed of after the budget; null for nothing.</param>
sealed record HostedBudget(IClusterBudget Budget, string? ClientName, IAsyncDisposable? Then = null);
