namespace ActorPool.Routing;

/// <summary>The members of a group as those see them who choose; replaced as a whole when members come or go.</summary>
sealed class GroupView(ReplicaMember[] members, RoutingStrategy strategy)
{
    public ReplicaMember[] Members { get; } = members;

    /// <summary>Where keys belong; null if the strategy heeds none, or there are no members.</summary>
    public HashRing? Ring { get; } = strategy == RoutingStrategy.ConsistentHash && members.Length > 0
        ? new HashRing(Array.ConvertAll(members, static member => member.Target.Address.ToString()))
        : null;
}
