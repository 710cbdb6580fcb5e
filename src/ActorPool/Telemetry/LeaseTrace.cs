using System.Diagnostics;

namespace ActorPool.Telemetry;

/// <summary>
/// What the spans of one acquire and its lease have to say. Made by the caller, filled in by turns, read when the wait or
/// the lease is over. Only while somebody listens.
/// </summary>
sealed class LeaseTrace(ActivityContext caller, long beganAt, DateTimeOffset beganAtUtc)
{
    /// <summary>The caller's activity; default if it had none.</summary>
    public ActivityContext Caller { get; } = caller;

    /// <summary>When the acquire began, in the ticks of the clock's provider.</summary>
    public long BeganAt { get; } = beganAt;

    /// <summary>When the acquire began, by the calendar.</summary>
    public DateTimeOffset BeganAtUtc { get; } = beganAtUtc;

    /// <summary>Which connection was leased.</summary>
    public long ConnectionId { get; set; }

    /// <summary>How often that had been leased by then, this lease included.</summary>
    public long UseCount { get; set; }

    /// <summary>The span in which that was opened; null if nobody listened then.</summary>
    public ActivityLink[]? OpenedIn { get; set; }

    /// <summary>Whether the holder has marked it faulty …</summary>
    public bool IsFaulty { get; set; }

    /// <summary>… and why, if it said so.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Why the lease was taken back; null if it was not.</summary>
    public CloseReason? Revoked { get; set; }
}
