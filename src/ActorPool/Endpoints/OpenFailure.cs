namespace ActorPool.Endpoints;

/// <summary>The payload of <see cref="EndpointRequest.OpenFailed"/> and <see cref="EndpointRequest.OpenTimedOut"/>.</summary>
sealed record OpenFailure(Exception Error, OpenFailureKind Kind, int StartedInRound);
