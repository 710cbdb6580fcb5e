using Akka.Cluster;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>The members that keep the book, as this one sees them at a moment.</summary>
/// <param name="All">Those that have joined, and have neither left nor been downed.</param>
/// <param name="Reachable">How many of them this one reaches, itself included.</param>
sealed record RoleMembers(IReadOnlyList<Member> All, int Reachable)
{
    public static RoleMembers Of(Cluster cluster, string role)
    {
        var state = cluster.State;
        var all = state.Members.Where(member => Counts(member) && (role.Length == 0 || member.HasRole(role))).ToList();
        return new RoleMembers(all, all.Count(member => !state.Unreachable.Contains(member)));
    }

    /// <summary>
    /// Whether a member has a say: one that is leaving still has what it stored, one that was downed may not know that it was, and
    /// one that is still joining is not yet known to all.
    /// </summary>
    public static bool Counts(Member member) => member.Status is MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Exiting;
}
