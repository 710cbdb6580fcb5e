namespace ActorPool.Routing;

/// <summary>What looking the names up has brought.</summary>
/// <param name="Current">The addresses that the names lead to, and the endpoints that need no lookup; null if nothing is known.</param>
/// <param name="New">Members made for addresses that had none.</param>
/// <param name="Error">Why a name was not found, or a member not made; null if all went well.</param>
sealed record Resolution(HashSet<Endpoint>? Current, ReplicaMember[] New, Exception? Error);
