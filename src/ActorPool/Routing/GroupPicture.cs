namespace ActorPool.Routing;

/// <summary>A group at one moment, without its members' pools, whose pictures their own supervisors take.</summary>
sealed record GroupPicture(
    ReplicaMember[] Members,
    ReplicaMember[] Leaving,
    GroupTotals Totals,
    bool IsClosed,
    int Waiting,
    TimeSpan OldestWait,
    Exception? LookupError,
    long TakenAtMs);
