namespace ActorPool.Mutations;

/// <summary>The router of a directory: which pool belongs to which endpoint, and who has to make room.</summary>
static class DirectoryMutations
{
    const string Router = "src/ActorPool/Routing/PoolRouter.cs";

    public static Mutation[] All { get; } =
    [
        new("A directory keeps one pool more than MaxPools", Router,
            "if (_listed > poolsMax)",
            "if (_listed > poolsMax + 1)"),
        new("Use does not make a pool the newest of its directory", Router,
            """
                        Unlink(pool);
                        LinkAsNewest(pool);
            """,
            """
                        pool.IsListed = true;
            """),
        new("A pool that somebody has drained is handed out on", Router,
            "if (!pool.IsListed || !pool.Supervisor!.IsClosedNow)",
            "if (!pool.IsListed || pool.Supervisor is not null)"),
        new("A pool that is in use makes room although another is free", Router,
            "if (pool!.Supervisor is { LeasedNow: 0, WaitingNow: 0 })",
            "if (pool!.Supervisor is { LeasedNow: >= 0, WaitingNow: >= 0 })"),
    ];
}
