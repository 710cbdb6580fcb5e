namespace ActorPool.Routing;

/// <summary>What a <see cref="RouteMessage"/> asks or reports.</summary>
enum RouteRequest : byte
{
    /// <summary>The wait begins.</summary>
    Begin = 0,

    /// <summary>An attempt at a member has ended.</summary>
    AttemptEnded,

    /// <summary>Something about the members has changed.</summary>
    Look,

    /// <summary>It takes a while already.</summary>
    HedgeDue,

    /// <summary>The time is over.</summary>
    Expired,

    /// <summary>The caller has given up.</summary>
    Cancelled,
}
