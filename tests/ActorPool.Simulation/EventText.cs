using ActorPool.Diagnostics;

namespace ActorPool.Simulation;

/// <summary>Events in a few words that are the same at every replay.</summary>
static class EventText
{
    public static string Of(PoolEvent happened) => happened switch
    {
        ConnectionOpened opened => $"opened {opened.ConnectionId}",
        ConnectionClosed closed => $"closed {closed.ConnectionId}: {closed.Reason}",
        OpenFailed failed => $"open of {failed.ConnectionId} failed: {failed.Error.Message}; {failed.Health}, next in {failed.NextAttemptIn.TotalMilliseconds} ms",
        ConnectionEndedEarly ended => $"{ended.ConnectionId} ended early: {ended.Error.Message}; {ended.Health}, next in {ended.NextAttemptIn.TotalMilliseconds} ms",
        _ => happened.GetType().Name,
    };
}
