namespace ActorPool.Mutations;

/// <summary>Leases that last too long, and holders that end.</summary>
static class HolderMutations
{
    const string Holders = "src/ActorPool/Endpoints/EndpointSupervisor.Holders.cs";

    public static Mutation[] All { get; } =
    [
        new("LeaseTimeout cuts the first lease of a shared connection, whichever lasts too long", Holders,
            "Revoke(seat, CloseReason.LeaseTimeout, nowMs);",
            "Revoke(seat.Slot, CloseReason.LeaseTimeout, nowMs);"),
        new("LeaseTimeout counts from the opening of the connection, and cuts young leases", Holders,
            "if (heldMs >= _settings.LeaseTimeoutMs)",
            "if (nowMs - seat.Slot.Current!.OpenedAtMs >= _settings.LeaseTimeoutMs)"),
        new("The end of a connection's lifetime cuts its lease", Holders,
            "if (heldMs >= _settings.LeaseTimeoutMs)",
            "if (heldMs >= _settings.LeaseTimeoutMs || nowMs >= seat.Slot.ExpiresAtMs)"),
        new("Leases that did not last too long at the first look are not looked at again", Holders,
            """
                    ExpectLeaseCheck(Math.Min(PoolSettings.Never, seat.LeasedSinceMs + nextMs), nowMs);

            """,
            ""),
        new("A revoked lease keeps its slot", Holders,
            """
                    CloseReturned(seat, reason, nowMs);

            """,
            ""),
        new("Of the leases of a holder that ends only the first is taken back", Holders,
            """
                                Revoke(seat, CloseReason.HolderEnded, nowMs);
            """,
            """
                                Revoke(seat, CloseReason.HolderEnded, nowMs);
                                return;
            """),
        new("A holder that ends stays in line", Holders,
            "for (var waiter = _waiters.First; waiter is not null;)",
            "for (Waiter? waiter = null; waiter is not null;)"),
    ];
}
