using System.Globalization;
using ActorPool.TestKit.Faults;

namespace ActorPool.TestKit;

/// <summary>
/// What a <see cref="FaultProxy"/> does to the connections through it. Two faults of one kind and with the same numbers are
/// equal.
/// </summary>
public sealed record Fault
{
    Fault(FaultKind kind, TimeSpan time = default, long bytes = 0)
    {
        Kind = kind;
        Time = time;
        Bytes = bytes;
    }

    /// <summary>None: everything passes as it comes.</summary>
    public static Fault None { get; } = new(FaultKind.None);

    /// <summary>
    /// Whatever should pass ends its connection with a reset (RST) instead, towards both ends; new connections are reset
    /// when they have been accepted.
    /// </summary>
    public static Fault Reset { get; } = new(FaultKind.Reset);

    /// <summary>As <see cref="Reset"/>, with an orderly end (FIN) instead.</summary>
    public static Fault Finish { get; } = new(FaultKind.Finish);

    /// <summary>
    /// Nothing passes and nobody is told: as a peer that is stuck. New connections are accepted. What came meanwhile passes
    /// when the fault has ended, as far as the connection still stands.
    /// </summary>
    public static Fault Hang { get; } = new(FaultKind.Hang);

    /// <summary>
    /// As a peer that has vanished without a word: whatever the client sends is taken and lost, the server's end is closed, and
    /// the client is never told. A connection that this has befallen stays so after the fault has ended.
    /// </summary>
    public static Fault HalfOpen { get; } = new(FaultKind.HalfOpen);

    /// <summary>What the server sends is replaced by as many random bytes; what the client sends passes.</summary>
    public static Fault Garbage { get; } = new(FaultKind.Garbage);

    /// <summary>New connections are refused: nobody listens. Those that stand are not touched.</summary>
    public static Fault Refuse { get; } = new(FaultKind.Refuse);

    internal FaultKind Kind { get; }

    internal TimeSpan Time { get; }

    internal long Bytes { get; }

    /// <summary>Everything arrives later, in both directions, at the same throughput.</summary>
    /// <param name="time">By how much; not negative.</param>
    public static Fault Delay(TimeSpan time) => new(FaultKind.Delay, NotNegative(time));

    /// <summary>Everything arrives later by a random time, in both directions, in order.</summary>
    /// <param name="atMost">By how much at most; not negative.</param>
    public static Fault Jitter(TimeSpan atMost) => new(FaultKind.Jitter, NotNegative(atMost));

    /// <summary>Each direction of each connection passes so much and no more.</summary>
    /// <param name="bytesPerSecond">At least 1.</param>
    public static Fault Throttle(long bytesPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesPerSecond, 1);
        return new(FaultKind.Throttle, bytes: bytesPerSecond);
    }

    /// <summary>
    /// Each connection is reset after so many of the server's bytes have reached the client, counted from when the fault began.
    /// </summary>
    /// <param name="bytes">0 or more; may end in the middle of a reply.</param>
    public static Fault CutAfter(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return new(FaultKind.CutAfter, bytes: bytes);
    }

    /// <summary>A new connection, which the system has accepted, hears nothing for a while, as from a server that is too busy to take it.</summary>
    /// <param name="time">For how long; not negative.</param>
    public static Fault SlowAccept(TimeSpan time) => new(FaultKind.SlowAccept, NotNegative(time));

    /// <summary>The fault in a word or two, such as <c>delay of 50 ms</c>.</summary>
    public override string ToString() => Kind switch
    {
        FaultKind.None => "none",
        FaultKind.Delay => $"delay of {Milliseconds}",
        FaultKind.Jitter => $"jitter up to {Milliseconds}",
        FaultKind.Throttle => string.Create(CultureInfo.InvariantCulture, $"throttle to {Bytes} B/s"),
        FaultKind.CutAfter => string.Create(CultureInfo.InvariantCulture, $"cut after {Bytes} B"),
        FaultKind.Reset => "reset",
        FaultKind.Finish => "finish",
        FaultKind.Hang => "hang",
        FaultKind.HalfOpen => "half-open",
        FaultKind.Garbage => "garbage",
        FaultKind.Refuse => "refuse",
        _ => $"accept after {Milliseconds}",
    };

    string Milliseconds => string.Create(CultureInfo.InvariantCulture, $"{Time.TotalMilliseconds:0.###} ms");

    static TimeSpan NotNegative(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        return time;
    }
}
