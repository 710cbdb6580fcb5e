using System.Diagnostics;

namespace ActorPool.Connections;

/// <summary>What an open has brought.</summary>
/// <param name="Connection">The user's object.</param>
/// <param name="Address">Where it leads, if its connector said so.</param>
/// <param name="CredentialsVersion">Which credentials it was opened with; 0 for none.</param>
/// <param name="OpenedIn">The span of the open, as a link to it; null if there is none.</param>
sealed record OpenResult(object Connection, string? Address = null, int CredentialsVersion = 0, ActivityLink[]? OpenedIn = null);
