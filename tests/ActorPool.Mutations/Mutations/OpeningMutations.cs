namespace ActorPool.Mutations;

/// <summary>The supervisor's opens: when, how many, and what becomes of them.</summary>
static class OpeningMutations
{
    const string Opening = "src/ActorPool/Endpoints/EndpointSupervisor.Opening.cs";
    const string Slot = "src/ActorPool/Endpoints/Slot.cs";

    public static Mutation[] All { get; } =
    [
        new("The slot of a failed open is not freed", Opening,
            """
                    PutEmpty(slot);
                    if (!wasRetired)
            """,
            """
                    if (!wasRetired)
            """),
        new("The slot of an open that takes too long is freed while the attempt goes on", Opening,
            """
                        NoteFailure(slot.ConnectionId, failure, nowMs);
                        OpenOnDemand(nowMs);
            """,
            """
                        NoteFailure(slot.ConnectionId, failure, nowMs);
                        Move(slot, SlotEvent.Closed, nowMs);
                        PutEmpty(slot);
                        OpenOnDemand(nowMs);
            """),
        new("One connection more than MaxSize is opened", Opening,
            "int Room => _settings.MaxSize - (_slots.InUse - _transients);",
            "int Room => _settings.MaxSize + 1 - (_slots.InUse - _transients);"),
        new("MaxConcurrentConnects limits each round of opens, not those under way", Opening,
            "Math.Min(wanted, _health.ConnectsMax - opening)",
            "Math.Min(wanted, _health.ConnectsMax)"),
        new("Opens that are under way do not count against the demand", Opening,
            "FillTarget - (Present - _stale)) - opening;",
            "FillTarget - (Present - _stale));"),
        new("Opens do not wait for the end of the backoff", Opening,
            "            starts = wished = 0;\n",
            ""),
        new("Nobody is woken by the end of the backoff", Opening,
            "            StartTimer(EndpointTimer.BackoffEnds, _health.NextAttemptMs - nowMs);\n            starts = wished = 0;\n",
            "            starts = wished = 0;\n"),
        new("An unavailable endpoint is left alone until somebody comes", Opening,
            "demand = Math.Max(demand, 1);",
            "demand = Math.Max(demand, 0);"),
        new("Waiters stay in line when their endpoint becomes unavailable", Opening,
            """
                        if (!_isPaused)
                        {
                            FailWaiters(UnavailableReason);
                        }


            """,
            ""),
        new("A slot that becomes empty is not filled for those who wait", Opening,
            """
                    OpenOnDemand(nowMs);
                    Trim(nowMs);
                    SettleGrants();
            """,
            """
                    Trim(nowMs);
                    SettleGrants();
            """),
        new("A warm-up is not told of the connection that it waits for", Opening,
            """
                    Trim(nowMs);
                    FinishWarmUps();
            """,
            """
                    Trim(nowMs);
            """),
        new("What opens after its slot was retired is pooled", Opening,
            """
                        // Retired while this report was under way: its actor is closing it by now.
                        return;
            """,
            """
                        // Retired while this report was under way: its actor is closing it by now.
            """),
        new("A transient connection may be kept when it is returned", Opening,
            "slot.ExpiresAtMs = long.MinValue;",
            "slot.ExpiresAtMs = nowMs + _settings.MaxLifetimeMs;"),
        new("A slot that had a transient connection stays transient", Slot,
            "        IsTransient = false;\n",
            ""),
    ];
}
