namespace ActorPool.Mutations;

/// <summary>Connections with several leases at once.</summary>
static class SharingMutations
{
    const string Sharing = "src/ActorPool/Endpoints/EndpointSupervisor.Sharing.cs";
    const string Shared = "src/ActorPool/Endpoints/SharedSlots.cs";
    const string Closing = "src/ActorPool/Endpoints/EndpointSupervisor.Closing.cs";

    public static Mutation[] All { get; } =
    [
        new("A connection has one lease more than MaxLeasesPerConnection", Sharing,
            "slot.Seats ??= new SlotSeats(slot, _settings.MaxLeasesPerConnection);",
            "slot.Seats ??= new SlotSeats(slot, _settings.MaxLeasesPerConnection + 1);"),
        new("The seat of a lease that ends is lost", Sharing,
            """
                    MoveLease(slot, SlotEvent.Part, nowMs);
                    seats.PutFree(seat);
            """,
            """
                    MoveLease(slot, SlotEvent.Part, nowMs);
            """),
        new("A free seat is not given to who waits", Sharing,
            """
                        Share(slot);
                        ServeShared(nowMs);
            """,
            """
                        Share(slot);
            """),
        new("A connection without a free seat is shared on", Shared,
            "if (!seats.HasRoom || seats.Taken == 0)",
            "if (seats.Taken == 0)"),
        new("A connection is closed under the other of its two holders", Closing,
            "if (slot.Seats is { Taken: > 1 } seats)",
            "if (slot.Seats is { Taken: > 2 } seats)"),
        new("Expired connections are shared on", Sharing,
            "if (nowMs >= slot.ExpiresAtMs)",
            "if (nowMs >= slot.ExpiresAtMs && slot.IsStale)"),
    ];
}
