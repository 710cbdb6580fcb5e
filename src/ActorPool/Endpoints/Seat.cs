using System.Diagnostics;
using System.Runtime.CompilerServices;
using ActorPool.Telemetry;

namespace ActorPool.Endpoints;

/// <summary>
/// What one lease occupies. A slot is its own seat; where a connection serves several leases at once
/// (<see cref="PoolOptions.MaxLeasesPerConnection"/>) it has <see cref="SharedSeat"/>s besides. The supervisor alone writes
/// it; leases read the generation from their holders' threads.
/// </summary>
abstract class Seat
{
    long _generation = 1;
    long _returning;

    // Null for most: only a seat that needs it pays for it.
    SeatRecord? _record;

    /// <summary>Since when it is leased.</summary>
    public long LeasedSinceMs;

    /// <summary>Who has the lease, if anybody in particular.</summary>
    public object? Holder;

    /// <summary>The promise that the present holder waited on, kept to be used again when the lease ends.</summary>
    public Waiter? Waiter;

    /// <summary>Whether the present lease was reported for lasting too long.</summary>
    public bool IsLeakSuspected;

    /// <summary>What is kept of the present lease for who measures or traces; nothing if nobody did when it was acquired.</summary>
    public Observation Observation
    {
        get => _record is { } record ? record.Observation : default;
        set
        {
            if (_record is not null || value.IsOn)
            {
                Record.Observation = value;
            }
        }
    }

    /// <summary>Whether anything is kept of the present lease.</summary>
    public bool IsWatched
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _record is { Observation.IsOn: true };
    }

    /// <summary>The last lease that was taken back from its holder. Read from its holder's thread too.</summary>
    public Revocation? LastRevocation
    {
        get => Volatile.Read(ref _record) is { } record ? Volatile.Read(ref record.LastRevocation) : null;
        set => Record.LastRevocation = value;
    }

    /// <summary>Of a slot: the span in which its connection was opened, as a link to it; null if nobody listened then.</summary>
    public ActivityLink[]? OpenedIn
    {
        get => _record?.OpenedIn;
        set
        {
            if (_record is not null || value is not null)
            {
                Record.OpenedIn = value;
            }
        }
    }

    SeatRecord Record => _record ??= new SeatRecord();

    /// <summary>The slot it belongs to: itself, for most. Tested for rather than stored, which would cost each slot a word.</summary>
    public Slot Slot
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => this is Slot slot ? slot : Unsafe.As<SharedSeat>(this).Owner;
    }

    /// <summary>The number of the present lease, or of the next one: raised when a lease ends.</summary>
    public long Generation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _generation;
    }

    /// <summary><see cref="Generation"/>, from outside the supervisor's turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadGeneration() => Volatile.Read(ref _generation);

    /// <summary>Outdates the present lease and every copy of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RaiseGeneration() => Volatile.Write(ref _generation, _generation + 1);

    /// <summary>From a holder's thread: makes the caller the one who returns the lease. False if it has ended, or another is.</summary>
    public bool TryClaimReturn(long generation)
    {
        var claimed = Volatile.Read(ref _returning);
        while (claimed < generation && ReadGeneration() == generation)
        {
            var found = Interlocked.CompareExchange(ref _returning, generation, claimed);
            if (found == claimed)
            {
                return true;
            }

            // Not lost yet: a copy of an earlier lease, which was cut while it looked, may have claimed that.
            claimed = found;
        }

        return false;
    }
}
