using System.Runtime.CompilerServices;

namespace ActorPool.Endpoints;

/// <summary>
/// What those who choose among pools look at from outside: plain reads without a turn, each safe, together no picture of one
/// moment. Good for a choice, never for a decision that must hold.
/// </summary>
sealed partial class EndpointSupervisor
{
    /// <summary>Whether opens succeed, a moment ago.</summary>
    public PoolHealth HealthNow => _health.State;

    /// <summary>Whether it was draining or closed, a moment ago.</summary>
    public bool IsClosedNow => IsClosed;

    /// <summary>How many connections were idle a moment ago.</summary>
    public int IdleNow => Math.Max(0, _idle.Count);

    /// <summary>How many connections were open a moment ago, idle or not.</summary>
    public int PresentNow => Math.Max(0, _slots.InUse - _counts[(int)SlotState.Opening] - _counts[(int)SlotState.Closing]);

    /// <summary>How many leases were out a moment ago.</summary>
    public int LeasedNow => Math.Max(0, PresentNow - IdleNow - _counts[(int)SlotState.Probing] - _counts[(int)SlotState.Resetting]);

    /// <summary>How many waited a moment ago.</summary>
    public int WaitingNow => Math.Max(0, _waiters.Count);

    /// <summary>Whether there was neither an idle connection nor room for another a moment ago.</summary>
    public bool IsFullNow => _idle.Count <= 0 && _slots.InUse >= _settings.MaxSize;

    /// <summary>How many leases had been handed out and had ended a moment ago.</summary>
    public long EndedNow => Math.Max(0, Volatile.Read(ref _acquired) - LeasedNow);

    /// <summary>
    /// Whether a connection that is being closed was leased until then; from within its close. Its slot stands still
    /// meanwhile.
    /// </summary>
    public bool EndedAsLease(object connection)
    {
        foreach (var slot in _slots.All)
        {
            if (ReferenceEquals(slot.Current?.Connection, connection))
            {
                return slot.History.ToArray() is [.., { Happened: SlotEvent.ReturnUnfit }];
            }
        }

        return false;
    }

    /// <summary>Leases what is idle and needs no second thought; null otherwise. Neither waits nor counts as demand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Slot? AcquireAtOnce(out long generation) => Acquire(timeoutMs: 0, out generation, out _);
}
