namespace ActorPool.Connections;

/// <summary>What an open has brought.</summary>
/// <param name="Connection">The user's object.</param>
/// <param name="Address">Where it leads, if its connector said so.</param>
/// <param name="CredentialsVersion">Which credentials it was opened with; 0 for none.</param>
sealed record OpenResult(object Connection, string? Address = null, int CredentialsVersion = 0);
