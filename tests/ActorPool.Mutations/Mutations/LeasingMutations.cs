namespace ActorPool.Mutations;

/// <summary>The way of a lease by message: granted, returned, kept.</summary>
static class LeasingMutations
{
    const string Leasing = "src/ActorPool/Endpoints/EndpointSupervisor.Leasing.cs";

    public static Mutation[] All { get; } =
    [
        new("The generation is not raised when a lease is returned", Leasing,
            "        seat.RaiseGeneration();\n",
            "        if (!byHolder)\n        {\n            seat.RaiseGeneration();\n        }\n"),
        new("The generation is not raised when a lease is revoked", Leasing,
            "        seat.RaiseGeneration();\n",
            "        if (byHolder)\n        {\n            seat.RaiseGeneration();\n        }\n"),
        new("The promise of a lease that was cut before it was taken is used again", Leasing,
            """
                        if (byHolder)
                        {
                            KeepWaiter(waiter);
                        }
            """,
            """
                        KeepWaiter(waiter);
            """),
        new("A doomed connection is returned as if it were in order", Leasing,
            "if (slot.State == SlotState.Doomed || !fit)",
            "if (!fit)"),
        new("A connection that its connector finds unfit at return is kept", Leasing,
            "if (slot.State == SlotState.Doomed || !fit)",
            "if (slot.State == SlotState.Doomed)"),
        new("A connection that outlived its lifetime under a lease is kept", Leasing,
            "else if (nowMs >= slot.ExpiresAtMs)",
            "else if (nowMs >= slot.ExpiresAtMs && slot.IsTransient)"),
        new("A connection that its holder calls faulty is kept", Leasing,
            """
                        Retire(slot, CloseReason.Fault, nowMs);

            """,
            ""),
        new("The reset is skipped", Leasing,
            "else if (reset is { Reset: null } || (reset is null && !_connector.Steps.HasFlag(ConnectorSteps.Reset)))",
            "else if (reset is null or { Reset: null })"),
        new("A connection that was idle for long is not looked at", Leasing,
            "slot.IsSuspect || (_looks && nowMs - slot.StateSinceMs >= _settings.ValidateAfterIdleMs);",
            "slot.IsSuspect;"),
        new("Who got a dead connection goes back to the tail of the line", Leasing,
            "Miss(ref message, nowMs, atHead: true);",
            "Miss(ref message, nowMs, atHead: false);"),
        new("The slot of a connection found dead at hand-out is lost", Leasing,
            """
                        CloseReturned(seat, CloseReason.NotReusable, nowMs);

            """,
            ""),
        new("The slot of a detached connection is not freed", Leasing,
            """
                    Emptied(slot, nowMs);

            """,
            ""),
        new("A detached connection is closed under who keeps it", Leasing,
            "ConnectionMessage.Command(ConnectionRequest.Forget)",
            "ConnectionMessage.Close(CloseReason.Fault)"),
        new("A connection is attached above MaxSize", Leasing,
            "IsClosed || Room <= 0 || WithinBudget(1, wished: 1) == 0",
            "IsClosed || Room < 0 || WithinBudget(1, wished: 1) == 0"),
    ];
}
