using System.Net;

namespace ActorPool.Net;

/// <summary>One address that a connector may connect to.</summary>
/// <param name="Address">An IP end point or a Unix socket.</param>
/// <param name="Host">The name it was found under, or itself in words, for TLS; null for a Unix socket.</param>
sealed record Candidate(EndPoint Address, string? Host);
