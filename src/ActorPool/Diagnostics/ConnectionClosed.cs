using ActorPool.Endpoints;

namespace ActorPool.Diagnostics;

/// <summary>The event of a connection that has closed, with its flight recorder.</summary>
sealed record ConnectionClosed(
    string PoolName,
    long ConnectionId,
    CloseReason Reason,
    long AgeMs,
    long UseCount,
    Exception? LastError,
    SlotTransition[] History,
    long AtMs);
