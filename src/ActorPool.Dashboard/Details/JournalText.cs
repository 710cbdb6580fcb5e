using System.Globalization;

namespace ActorPool.Dashboard.Details;

/// <summary>Events in words.</summary>
static class JournalText
{
    /// <summary>What an event means to somebody who looks; null if nothing.</summary>
    public static JournalEntry? Of(PoolEvent happened, DateTimeOffset at) => happened switch
    {
        ConnectionClosed closed => Closed(closed, at),
        OpenFailed failed => NotOpened(failed, at),
        _ => Words(happened) is var (isTrouble, line) ? new JournalEntry(at, isTrouble, Text.Bounded(line, Text.ErrorMax), []) : null,
    };

    static (bool IsTrouble, string Line)? Words(PoolEvent happened) => happened switch
    {
        ConnectionOpened opened => (false, $"Connection {opened.ConnectionId} opened."),
        ConnectionEndedEarly ended =>
            (true, $"Connection {ended.ConnectionId} ended {Seconds(ended.Age)} after it was opened; next attempt in {Seconds(ended.NextAttemptIn)}. {Text.Of(ended.Error)}"),
        CloseFailed failed => (true, $"Connection {failed.ConnectionId} did not close in good order."),
        EndpointRecovered => (false, "The endpoint opens connections again."),
        LeaseRevoked revoked =>
            (true, $"The lease of connection {revoked.ConnectionId}{By(revoked.Holder)} was taken back after {Seconds(revoked.Held)} ({revoked.Reason})."),
        LeaseSuspected suspected =>
            (true, $"The lease of connection {suspected.ConnectionId}{By(suspected.Holder)} has lasted for {Seconds(suspected.Held)}: a leak?"),
        LeaseReturnedLate late =>
            (false, $"The lease of connection {late.ConnectionId}{By(late.Holder)} was returned after {Seconds(late.Held)}."),
        TransientOpened opened => (true, $"Connection {opened.ConnectionId} opened above the maximum size of {opened.MaxSize}."),
        CredentialsChanged => (false, "There are new credentials; connections are replaced."),
        PoolReconfigured reconfigured => (false, $"Reconfigured; this is generation {reconfigured.Generation}."),
        PoolPaused => (false, "Paused."),
        PoolResumed => (false, "Resumed."),
        PoolDraining draining => (false, $"Draining: {draining.Leased} leases are out, {draining.Waiting} waiters fail."),
        _ => null,
    };

    static JournalEntry NotOpened(OpenFailed failed, DateTimeOffset at)
    {
        var error = Text.Of(failed.Error);
        var line = $"Connection {failed.ConnectionId} did not open; next attempt in {Seconds(failed.NextAttemptIn)}. {error}";
        return new JournalEntry(at, true, Text.Bounded(line, Text.ErrorMax), [], error);
    }

    /// <summary>How a connection ended is told with its flight recorder if it was not meant to.</summary>
    static JournalEntry Closed(ConnectionClosed closed, DateTimeOffset at)
    {
        var isLoss = IsLoss(closed.Reason);
        var line = $"Connection {closed.ConnectionId} {(isLoss ? "was lost" : "closed")} ({closed.Reason}) after {Seconds(closed.Age)} and {closed.UseCount} uses."
            + (closed.LastError is { } error ? $" {Text.Of(error)}" : "");
        return new JournalEntry(at, isLoss, Text.Bounded(line, Text.ErrorMax), isLoss ? closed.History : []);
    }

    static bool IsLoss(CloseReason reason) => reason
        is CloseReason.Fault or CloseReason.Condemned or CloseReason.NotReusable or CloseReason.NotReturned
        or CloseReason.ProbeFailed or CloseReason.ResetFailed or CloseReason.OpenedTooLate or CloseReason.ActorFailed
        or CloseReason.LeaseTimeout or CloseReason.LeaseLost or CloseReason.HolderEnded;

    static string By(string? holder) => holder is null ? "" : $" by {Text.Bounded(holder, Text.NameMax)}";

    static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
