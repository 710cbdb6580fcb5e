namespace ActorPool.Budgets;

/// <summary>What the engine keeps under a key.</summary>
/// <param name="Key">Its key, unique in its budget: letters, digits, and <c>/ . _ -</c>; 1 to 200 characters.</param>
/// <param name="Value">A text of some hundred characters.</param>
/// <param name="Version">
/// Which state of the record this is: above 0, and never the same for two states of one key. It grows with every write, but in an
/// engine that has lost writes.
/// </param>
public sealed record GrantRecord(string Key, string Value, long Version);
