namespace ActorPool;

/// <summary>How a replica group chooses among the members that can serve.</summary>
public enum RoutingStrategy
{
    /// <summary>One after the other. A member that cannot serve leaves its turns to all others alike.</summary>
    RoundRobin = 0,

    /// <summary>The member with the fewest leases and waiters; those with equally few in turn.</summary>
    LeastLeased,

    /// <summary>
    /// The less loaded of two members taken at random: nearly as even as <see cref="LeastLeased"/>, without a herd that runs
    /// to one member at once (Mitzenmacher, <i>The Power of Two Choices in Randomized Load Balancing</i>, 2001).
    /// </summary>
    PowerOfTwoChoices,

    /// <summary>
    /// The member that owns the request's key, unless it has more than 1.25 times its share of the leases: then the next on
    /// the ring (Mirrokni, Thorup and Zadimoghaddam, <i>Consistent Hashing with Bounded Loads</i>, 2016). A request without a
    /// key goes to the least leased. A member that comes or goes moves only the keys that it owns.
    /// </summary>
    ConsistentHash,

    /// <summary>The first in the order in which they were given; the others only while it cannot serve.</summary>
    FirstHealthy,
}
