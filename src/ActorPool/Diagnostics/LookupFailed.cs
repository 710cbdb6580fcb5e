namespace ActorPool.Diagnostics;

/// <summary>The event of a name that was not found, or an address that no member could be made for.</summary>
sealed record LookupFailed(string Group, Exception Error);
