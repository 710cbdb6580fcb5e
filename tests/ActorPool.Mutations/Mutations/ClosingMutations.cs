namespace ActorPool.Mutations;

/// <summary>Single connections and whole pools that close.</summary>
static class ClosingMutations
{
    const string Closing = "src/ActorPool/Endpoints/EndpointSupervisor.Closing.cs";
    const string Opening = "src/ActorPool/Endpoints/EndpointSupervisor.Opening.cs";

    public static Mutation[] All { get; } =
    [
        new("A drain forgets what is opening", Closing,
            "if (slot.State != SlotState.Empty)",
            "if (slot.State is not (SlotState.Empty or SlotState.Opening))"),
        new("A drain has unlimited patience", Closing,
            """
                        StartTimer(EndpointTimer.DrainExpires, timeoutMs);

            """,
            ""),
        new("A drain gives those who wait no answer", Closing,
            """
                        FailWaiters(PoolFailureReason.Closed);

            """,
            ""),
        new("A drain ends while connections are still closing", Closing,
            "if (!IsClosed || _slots.InUse > 0)",
            "if (!IsClosed || _slots.InUse > Count(SlotState.Closing))"),
        new("A drain is not told of the last connection that closes", Opening,
            """
                    SettleGrants();
                    FinishDrain();
            """,
            """
                    SettleGrants();
            """),
        new("A retired connection stays among the idle", Closing,
            """
                        _idle.Remove(slot);

            """,
            ""),
        new("A connection that is retired under its holder closes at once, and an idle one never", Closing,
            "            if (slot.State == SlotState.Closing)\n            {\n                Send(slot.Actor!",
            "            if (slot.State == SlotState.Doomed)\n            {\n                Send(slot.Actor!"),
        new("The slot of a connection that has closed is lost", Closing,
            "        Emptied(slot, nowMs);\n",
            ""),
        new("A connection that condemns itself is handed out again", Closing,
            "        Retire(slot, isActorFailure ? CloseReason.ActorFailed : CloseReason.Condemned, nowMs);\n",
            "        if (isActorFailure)\n        {\n            Retire(slot, CloseReason.ActorFailed, nowMs);\n        }\n"),
    ];
}
