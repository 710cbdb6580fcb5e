namespace ActorPool.Budgets;

/// <summary>A record as it must be for a transaction to be committed.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Version">Its version; 0: it must not be there.</param>
public readonly record struct GrantExpectation(string Key, long Version);
