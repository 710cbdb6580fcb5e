using System.Diagnostics;
using ActorPool.Diagnostics;

namespace ActorPool;

/// <summary>
/// A pool in numbers at one moment: a <see cref="PoolSnapshot"/> without its connections, so that it costs the same however
/// many there are (where a connection serves several leases at once, their holders are counted anew each time). Taken in one
/// turn of its supervisor, so that the numbers belong together. For who looks often, or at many pools.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public record PoolOverview
{
    /// <summary>The states of so many slots are told by <see cref="Slots"/> at most.</summary>
    public const int SlotsMax = 64;

    internal PoolOverview()
    {
    }

    /// <summary>The pool's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether connections can be opened.</summary>
    public required PoolHealth Health { get; init; }

    /// <summary>Whether the pool is draining or closed.</summary>
    public required bool IsClosed { get; init; }

    /// <summary>Whether the pool is paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>How often the pool has been reconfigured.</summary>
    public int Generation { get; init; }

    /// <summary><see cref="PoolOptions.MinSize"/>.</summary>
    public required int MinSize { get; init; }

    /// <summary><see cref="PoolOptions.MaxSize"/>.</summary>
    public required int MaxSize { get; init; }

    /// <summary>Connections ready for a lease.</summary>
    public required int Idle { get; init; }

    /// <summary>Connections with a holder, condemned ones (<see cref="SlotState.Doomed"/>) included.</summary>
    public required int Leased { get; init; }

    /// <summary>Connections being opened.</summary>
    public required int Opening { get; init; }

    /// <summary>Connections being probed.</summary>
    public required int Probing { get; init; }

    /// <summary>Connections being reset.</summary>
    public required int Resetting { get; init; }

    /// <summary>Connections being closed; they count against <see cref="MaxSize"/> until they are.</summary>
    public required int Closing { get; init; }

    /// <summary>Connections above <see cref="MaxSize"/>, contained in the counts above (<see cref="WhenExhausted.OpenTransient"/>).</summary>
    public int Transient { get; init; }

    /// <summary>Connections that shall be replaced and serve until their successors are there; contained in the counts above.</summary>
    public int Stale { get; init; }

    /// <summary>All slots in use: never above <see cref="MaxSize"/> and <see cref="Transient"/> together.</summary>
    public int Size => Idle + Leased + Opening + Probing + Resetting + Closing;

    /// <summary>Acquires that wait.</summary>
    public required int Waiting { get; init; }

    /// <summary>How long the oldest of them has waited; zero if none waits. The best single sign of saturation.</summary>
    public required TimeSpan OldestWait { get; init; }

    /// <summary>Leases that are out: as many as <see cref="Leased"/>, or more where a connection serves several at once.</summary>
    public int LeasesOut { get; init; }

    /// <summary>
    /// What each slot is doing, by its number, up to the last that is in use; empty ones are <see cref="SlotState.Empty"/>. None
    /// for a pool that has ever used more than <see cref="SlotsMax"/> slots, and for a replica group: their counts alone are told.
    /// </summary>
    public IReadOnlyList<SlotState> Slots { get; init; } = [];

    /// <summary>Leases handed out since the pool was made.</summary>
    public required long Acquired { get; init; }

    /// <summary>How many of them had to wait.</summary>
    public required long AcquiredAfterWait { get; init; }

    /// <summary>How long those that had to wait have waited, all together.</summary>
    public TimeSpan WaitTime { get; init; }

    /// <summary>How long the leases that have ended were held, all together. Measured in milliseconds, exact on the average.</summary>
    public TimeSpan UseTime { get; init; }

    /// <summary>Acquires that ended with <see cref="AcquireTimeoutException"/>.</summary>
    public required long TimedOut { get; init; }

    /// <summary>Acquires that ended by cancellation.</summary>
    public required long Cancelled { get; init; }

    /// <summary>Acquires that were refused at once with <see cref="PoolExhaustedException"/>.</summary>
    public long Rejected { get; init; }

    /// <summary>Waiters that were shed under overload (<see cref="PoolOptions.QueueTarget"/>).</summary>
    public long Shed { get; init; }

    /// <summary>Leases that were taken back from their holders, lost ones included.</summary>
    public long Revoked { get; init; }

    /// <summary>Leases that were garbage-collected without having been returned.</summary>
    public long Lost { get; init; }

    /// <summary>Releases of leases that had ended already, which were ignored.</summary>
    public required long RepeatedReleases { get; init; }

    /// <summary>Connections opened since the pool was made.</summary>
    public required long Opened { get; init; }

    /// <summary>How many of them were above <see cref="MaxSize"/> (<see cref="WhenExhausted.OpenTransient"/>).</summary>
    public long OpenedTransient { get; init; }

    /// <summary>Opens that failed.</summary>
    public required long OpensFailed { get; init; }

    /// <summary>Connections closed, by reason; detached ones are not among them.</summary>
    public required IReadOnlyDictionary<CloseReason, long> Closed { get; init; }

    /// <summary>Opens that have failed in a row, those included whose connections ended early (<see cref="ConnectionEndedEarly"/>); zero when healthy.</summary>
    public required int FailuresInARow { get; init; }

    /// <summary>The last failed open's error in one line, or what ended a connection early, while the endpoint is not healthy; otherwise null.</summary>
    public string? LastOpenError => Describe.Error(LastOpenErrorObject);

    /// <summary>
    /// When the next open may start, counted from now; null if nothing holds it back. After a connection has ended early
    /// (<see cref="ConnectionEndedEarly"/>) zero while only one at a time may be opened.
    /// </summary>
    public required TimeSpan? NextAttemptIn { get; init; }

    /// <summary>How many connections the budget has granted (<see cref="PoolOptions.Budget"/>); null if there is none.</summary>
    public int? Granted { get; init; }

    // Kept as it is: putting it into words runs users' code, and a snapshot is taken in a turn.
    internal Exception? LastOpenErrorObject { get; init; }

    /// <summary>The numbers in one line, as errors and logs show them.</summary>
    public sealed override string ToString() =>
        $"pool '{Name}' ({(IsClosed ? "closed" : IsPaused ? "paused" : Health)}): {Leased} leased, {Idle} idle, {Opening} opening, "
        + (Probing + Resetting + Closing > 0 ? $"{Probing + Resetting + Closing} in probe, reset or close, " : "")
        + $"{Waiting} waiting, max {MaxSize}"
        + (Granted is { } granted ? $", {granted} granted by the budget" : "");
}
