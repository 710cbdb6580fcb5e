using Akka.Actor;
using Akka.Cluster;

namespace ActorPool.AkkaNet.Clustering;

/// <summary>Another node that is a member of the cluster and up. For the router's turns alone.</summary>
/// <param name="member">As the cluster knows it.</param>
/// <param name="mix">Decides between nodes that were never used: not the same at every node.</param>
sealed class ClusterNode(Member member, int mix)
{
    // A node without ActorPoolCluster never answers, and logs that it cannot read the question: it is asked a few times, and then from time to time.
    const int QuestionsMax = 3;
    const int PausesMax = 30;

    HashSet<UseName>? _offers;
    int _questions;
    int _pauses;

    /// <summary>Which life of which node.</summary>
    public UniqueAddress Id => member.UniqueAddress;

    public Address Address => member.Address;

    public IReadOnlyCollection<string> Roles => member.Roles;

    public bool IsReachable { get; private set; } = true;

    /// <summary>Whether it has said what it does for others.</summary>
    public bool IsKnown => _offers is not null;

    /// <summary>Whether it will presumably say so in a moment.</summary>
    public bool IsExpectedToTell => IsReachable && !IsKnown && _questions <= QuestionsMax;

    /// <summary>When it was last given an order, counted in orders.</summary>
    public long LastUsed { get; set; }

    public int Mix => mix;

    public bool HasRole(string? role) => role is null || member.HasRole(role);

    public bool Offers(UseName name) => _offers?.Contains(name) == true;

    /// <summary>Whether it is to be asked what it does now, at one of the regular moments.</summary>
    public bool IsToBeAsked()
    {
        if (_questions > QuestionsMax && _pauses++ < PausesMax)
        {
            return false;
        }

        _pauses = 0;
        return true;
    }

    /// <summary>It is asked what it does.</summary>
    public void CountQuestion() => _questions++;

    public void Learn(IEnumerable<UseName> offers) => _offers = offers.ToHashSet();

    /// <summary>It cannot be reached, or can again: then it may have missed something, and is asked anew.</summary>
    public void SetReachable(bool isReachable)
    {
        IsReachable = isReachable;
        if (isReachable)
        {
            _offers = null;
            _questions = 0;
        }
    }
}
