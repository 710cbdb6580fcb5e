using Akka.Actor;
using Akka.Cluster;

namespace ActorPool.AkkaNet.Clustering;

/// <summary>The other nodes that are up, and what they do for others. For the router's turns alone.</summary>
/// <param name="self">This node, which is not among them.</param>
sealed class NodeTable(UniqueAddress self)
{
    readonly Dictionary<UniqueAddress, ClusterNode> _nodes = [];
    long _uses;

    public IReadOnlyCollection<ClusterNode> Up => _nodes.Values;

    /// <summary>Whether this node is, or was, up itself: before that it knows of no others.</summary>
    public bool WasSelfUp { get; private set; }

    /// <summary>Those that can be reached and have not said what they do.</summary>
    public IEnumerable<ClusterNode> Unknown => _nodes.Values.Where(static node => node is { IsReachable: true, IsKnown: false });

    /// <summary>A member is up. Null if it is this node, or was up already.</summary>
    public ClusterNode? Add(Member member)
    {
        if (member.UniqueAddress.Equals(self))
        {
            WasSelfUp = true;
            return null;
        }

        var node = new ClusterNode(member, HashCode.Combine(self, member.UniqueAddress));
        return _nodes.TryAdd(member.UniqueAddress, node) ? node : null;
    }

    /// <summary>A member is not up any more.</summary>
    public void Remove(Member member) => _nodes.Remove(member.UniqueAddress);

    /// <summary>One of them; null if it is not up.</summary>
    public ClusterNode? Find(Member member) => _nodes.GetValueOrDefault(member.UniqueAddress);

    /// <summary>A node has said what it does; what a former life of it has said is ignored.</summary>
    public void Learn(Address address, Offers offers) => _nodes.GetValueOrDefault(new UniqueAddress(address, offers.NodeUid))?.Learn(offers.Names);

    /// <summary>Of those that can do it and can be reached the one that was used least recently; null if there is none.</summary>
    /// <param name="name">What is to be done.</param>
    /// <param name="role">In which role; null for any.</param>
    /// <param name="tried">Which nodes not.</param>
    public ClusterNode? Choose(UseName name, string? role, IReadOnlySet<UniqueAddress> tried)
    {
        var chosen = _nodes.Values
            .Where(node => node.IsReachable && node.Offers(name) && node.HasRole(role) && !tried.Contains(node.Id))
            .MinBy(static node => (node.LastUsed, node.Mix));
        if (chosen is not null)
        {
            chosen.LastUsed = ++_uses;
        }

        return chosen;
    }

    /// <summary>Whether there may be nodes of which it is not known yet whether they can do it.</summary>
    public bool MayLearnOf(string? role, IReadOnlySet<UniqueAddress> tried) => !WasSelfUp || Up.Any(node => node.IsExpectedToTell && node.HasRole(role) && !tried.Contains(node.Id));
}
