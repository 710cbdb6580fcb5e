using System.Globalization;

namespace ActorPool.Dashboard.Details;

/// <summary>Events in words.</summary>
static class JournalText
{
    /// <summary>What an event means to somebody who looks; null if nothing.</summary>
    public static (bool IsTrouble, string Line, IReadOnlyList<string> History)? Of(PoolEvent happened) => happened switch
    {
        ConnectionOpened opened => (false, $"Connection {opened.ConnectionId} opened.", []),
        OpenFailed failed =>
            (true, $"Connection {failed.ConnectionId} did not open; next attempt in {Seconds(failed.NextAttemptIn)}. {Text.Of(failed.Error)}", []),
        ConnectionClosed closed => Closed(closed),
        CloseFailed failed => (true, $"Connection {failed.ConnectionId} did not close in good order.", []),
        EndpointRecovered => (false, "The endpoint opens connections again.", []),
        LeaseRevoked revoked =>
            (true, $"The lease of connection {revoked.ConnectionId}{By(revoked.Holder)} was taken back after {Seconds(revoked.Held)} ({revoked.Reason}).", []),
        LeaseSuspected suspected =>
            (true, $"The lease of connection {suspected.ConnectionId}{By(suspected.Holder)} has lasted for {Seconds(suspected.Held)}: a leak?", []),
        LeaseReturnedLate late =>
            (false, $"The lease of connection {late.ConnectionId}{By(late.Holder)} was returned after {Seconds(late.Held)}.", []),
        TransientOpened opened => (true, $"Connection {opened.ConnectionId} opened above the maximum size of {opened.MaxSize}.", []),
        CredentialsChanged => (false, "There are new credentials; connections are replaced.", []),
        PoolReconfigured reconfigured => (false, $"Reconfigured; this is generation {reconfigured.Generation}.", []),
        PoolPaused => (false, "Paused.", []),
        PoolResumed => (false, "Resumed.", []),
        PoolDraining draining => (false, $"Draining: {draining.Leased} leases are out, {draining.Waiting} waiters fail.", []),
        _ => null,
    };

    /// <summary>How a connection ended is told with its flight recorder if it was not meant to.</summary>
    static (bool, string, IReadOnlyList<string>) Closed(ConnectionClosed closed)
    {
        var isLoss = IsLoss(closed.Reason);
        var line = $"Connection {closed.ConnectionId} {(isLoss ? "was lost" : "closed")} ({closed.Reason}) after {Seconds(closed.Age)} and {closed.UseCount} uses."
            + (closed.LastError is { } error ? $" {Text.Of(error)}" : "");
        return (isLoss, line, isLoss ? closed.History : []);
    }

    static bool IsLoss(CloseReason reason) => reason
        is CloseReason.Fault or CloseReason.Condemned or CloseReason.NotReusable or CloseReason.NotReturned
        or CloseReason.ProbeFailed or CloseReason.ResetFailed or CloseReason.OpenedTooLate or CloseReason.ActorFailed
        or CloseReason.LeaseTimeout or CloseReason.LeaseLost or CloseReason.HolderEnded;

    static string By(string? holder) => holder is null ? "" : $" by {Text.Bounded(holder, Text.NameMax)}";

    static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
