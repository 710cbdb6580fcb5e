namespace ActorPool.Budgets;

/// <summary>A record as a transaction leaves it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its text; null: it is removed.</param>
public readonly record struct GrantWrite(string Key, string? Value);
