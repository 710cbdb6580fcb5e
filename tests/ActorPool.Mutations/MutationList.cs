namespace ActorPool.Mutations;

/// <summary>All breaks, in the order of the table. Those of one area are in a file of their own, in <c>Mutations/</c>.</summary>
static class MutationList
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        .. MailboxMutations.All,
        .. EffectMutations.All,
        .. TimerMutations.All,
        .. ConnectionMutations.All,
        .. HealthMutations.All,
        .. OpeningMutations.All,
        .. LeasingMutations.All,
        .. HitMutations.All,
        .. WaitingMutations.All,
        .. PauseMutations.All,
        .. SheddingMutations.All,
        .. IdlingMutations.All,
        .. SharingMutations.All,
        .. HolderMutations.All,
        .. RenewingMutations.All,
        .. ClosingMutations.All,
        .. GrantMutations.All,
        .. RouteMutations.All,
        .. ReplicaMutations.All,
        .. DirectoryMutations.All,
    ];
}
