namespace ActorPool.Routing;

/// <summary>How an acquire at a group has ended.</summary>
enum RouteOutcome
{
    /// <summary>With a lease, after a wait.</summary>
    Served = 0,

    /// <summary>With a lease that was there when it came.</summary>
    ServedAtOnce,

    /// <summary>Its time is over.</summary>
    TimedOut,

    /// <summary>Its caller has given up.</summary>
    Cancelled,

    /// <summary>No member can serve.</summary>
    Failed,

    /// <summary>The group is closed.</summary>
    Closed,

    /// <summary>Its own actor has failed: a defect in this library.</summary>
    Broken,
}
