namespace ActorPool.Mutations;

/// <summary>Connections that are to be replaced: for their options, their credentials, the size.</summary>
static class RenewingMutations
{
    const string Renewing = "src/ActorPool/Endpoints/EndpointSupervisor.Renewing.cs";
    const string Source = "src/ActorPool/Connections/CredentialSource.cs";

    public static Mutation[] All { get; } =
    [
        new("A full pool keeps its stale connections", Renewing,
            "else if (slot.IsStale && (Present > FillTarget || MustBreakFirst))",
            "else if (slot.IsStale && Present > FillTarget)"),
        new("What is leased when other options come is never replaced", Renewing,
            "slot.State is SlotState.Idle or SlotState.Leased or SlotState.Probing or SlotState.Resetting)\n        {\n            slot.IsStale",
            "slot.State is SlotState.Idle or SlotState.Probing or SlotState.Resetting)\n        {\n            slot.IsStale"),
        new("What was opening when other options came is never replaced", Renewing,
            "if (slot.Epoch != _epoch)",
            "if (slot.Epoch > _epoch)"),
        new("A stale connection that has gone is still counted", Renewing,
            """
                        _stale--;

            """,
            ""),
        new("A pool that was made smaller keeps one connection too many", Renewing,
            "_slots.InUse - _transients - Count(SlotState.Closing) - _settings.MaxSize;",
            "_slots.InUse - _transients - Count(SlotState.Closing) - _settings.MaxSize - 1;"),
        new("New credentials outdate the connection that brought them, not the others", Renewing,
            "if (!ReferenceEquals(slot, newest))",
            "if (ReferenceEquals(slot, newest))"),
        new("Credentials are not asked for again when it is time", Renewing,
            """
                        StartTimer(EndpointTimer.CredentialsExpire, delayMs > 0 ? delayMs : CredentialSource.RetryAfterMs);

            """,
            ""),
        new("Credentials that were rejected are used on", Source,
            "RenewInMs > 0 && !Volatile.Read(ref _isRejected)",
            "RenewInMs > 0"),
    ];
}
