namespace ActorPool.Mutations;

/// <summary>Idle connections: handed on, probed, let go.</summary>
static class IdlingMutations
{
    const string Idling = "src/ActorPool/Endpoints/EndpointSupervisor.Idling.cs";
    const string Idle = "src/ActorPool/Endpoints/IdleSlots.cs";

    public static Mutation[] All { get; } =
    [
        new("Idle connections are closed to one below MinSize", Idling,
            "else if (surplus > 0 && nowMs - slot.IdleSinceMs",
            "else if (surplus >= 0 && nowMs - slot.IdleSinceMs"),
        new("What was idle half of the time is closed below MinSize too", Idling,
            "var surplus = Math.Min(median, Surplus);",
            "var surplus = median;"),
        new("A connection that becomes free is not given to the only one who waits", Idling,
            "if (_waiters.Count > 0 && NextWaiter(nowMs) is { } waiter)",
            "if (_waiters.Count > 1 && NextWaiter(nowMs) is { } waiter)"),
        new("A connection that comes back from its probe is not given to who waits", Idling,
            "else if (wasProbe && (_waiters.Count == 0 || _isPaused))",
            "else if (wasProbe)"),
        new("A connection that becomes idle is given no time", Idling,
            """
                    ExpectIdleExpiry(Math.Min(slot.ExpiresAtMs, nowMs + _settings.IdleTimeoutMs), nowMs);

            """,
            ""),
        new("A leased connection may be probed", Idling,
            "if (slot.State == SlotState.Idle\n",
            "if (slot.State is SlotState.Idle or SlotState.Leased\n"),
        new("A connection that is probed stays among the idle", Idling,
            """
                    _idle.Remove(slot);
                    Move(slot, SlotEvent.Probe, nowMs);
            """,
            """
                    Move(slot, SlotEvent.Probe, nowMs);
            """),
        new("A connection that outlived its lifetime during a probe or a reset is kept", Idling,
            """
                    if (nowMs >= slot.ExpiresAtMs)
                    {
                        RetireTaken(slot, slot.CloseReason, nowMs);
                    }
                    else if (wasProbe
            """,
            """
                    if (wasProbe
            """),
        new("Not the idle connection that was looked at is taken", Idle,
            """
                    if (order == IdleOrder.Lifo)
                    {
                        int last;
            """,
            """
                    if (order == IdleOrder.Fifo)
                    {
                        int last;
            """),
        new("A connection that comes back from its probe counts for two", Idle,
            """
                        place = slot.Index;
                        Count++;
                        return;
            """,
            """
                        place = slot.Index;
                        Count += 2;
                        return;
            """),
    ];
}
