using ActorPool.Options;

namespace ActorPool.Routing;

/// <summary>
/// Chooses a member: first who may, by role and health, then among those by strategy. Runs on the threads of acquirers,
/// looks at the members from outside, and allocates nothing.
/// </summary>
sealed class MemberChoice(ReplicaGroupSettings settings, IRandomSource random)
{
    /// <summary>How much more than its share a member may carry before its keys go on to the next.</summary>
    const double LoadFactor = 1.25;

    const int StackMax = 128;

    int _turn;

    /// <summary>Whether a member that is full sends its acquires to others. With an order of preference it has them wait.</summary>
    public bool Spills { get; } = settings.Strategy != RoutingStrategy.FirstHealthy;

    /// <summary>How well a role fits: 0 as wanted, 1 will do or may turn out to, -1 will not.</summary>
    public int Fit(ReplicaRole role, TargetRole wanted) => !settings.KnowsRoles ? 0 : (wanted, role) switch
    {
        (TargetRole.Any, _) => 0,
        (TargetRole.Primary or TargetRole.PreferPrimary, ReplicaRole.Primary) => 0,
        (TargetRole.Standby or TargetRole.PreferStandby, ReplicaRole.Standby) => 0,
        (TargetRole.PreferPrimary or TargetRole.PreferStandby, _) => 1,
        (_, ReplicaRole.Unknown) => 1,
        _ => -1,
    };

    /// <summary>Whether a member in this role may serve, now that it is about to.</summary>
    public bool MayServe(ReplicaRole role, TargetRole wanted) =>
        Fit(role, wanted) is var fit && (fit == 0 || (fit == 1 && wanted is TargetRole.PreferPrimary or TargetRole.PreferStandby));

    /// <summary>Chooses. Null if there is nobody.</summary>
    /// <param name="view">Among whom.</param>
    /// <param name="wanted">In which role.</param>
    /// <param name="key">Whose key; null for none.</param>
    /// <param name="passedOver">Whom not; null for nobody.</param>
    /// <param name="withRoom">Whether only those who have a connection to give, or may open one, come into question.</param>
    /// <param name="usable">Whether only those who are usable do.</param>
    public ReplicaMember? Choose(
        GroupView view,
        TargetRole wanted,
        string? key,
        List<ReplicaMember>? passedOver = null,
        bool withRoom = false,
        bool usable = false)
    {
        var members = view.Members;
        Span<sbyte> ranks = members.Length <= StackMax ? stackalloc sbyte[members.Length] : new sbyte[members.Length];
        Span<int> candidates = members.Length <= StackMax ? stackalloc int[members.Length] : new int[members.Length];
        var count = FindCandidates(members, wanted, passedOver, withRoom, usable, ranks, candidates);
        return count switch
        {
            0 => null,
            1 => members[candidates[0]],
            _ => members[Pick(view, candidates[..count], key, isFirst: passedOver is null)],
        };
    }

    /// <summary>
    /// Ranks: 0 and 1 how well the role of one who is usable fits, 2 and 3 of one who is not. The best rank that occurs counts;
    /// in panic, those with the same role who are not usable as well, unless they are known to be unable.
    /// </summary>
    int FindCandidates(
        ReplicaMember[] members,
        TargetRole wanted,
        List<ReplicaMember>? passedOver,
        bool withRoom,
        bool usable,
        Span<sbyte> ranks,
        Span<int> candidates)
    {
        Span<int> counts = stackalloc int[4];
        for (var i = 0; i < members.Length; i++)
        {
            var member = members[i];
            var fit = Fit(member.Role, wanted);
            ranks[i] = -1;
            if (fit < 0 || member.Supervisor.IsClosedNow || (passedOver is not null && passedOver.Contains(member))
                || (withRoom && member.Supervisor.IsFullNow))
            {
                continue;
            }

            var rank = fit + (member.IsUsable ? 0 : 2);
            if (rank < 2 || !usable)
            {
                ranks[i] = (sbyte)rank;
                counts[rank]++;
            }
        }

        var best = 0;
        while (best < 4 && counts[best] == 0)
        {
            best++;
        }

        var panics = best < 2 && Spills && counts[best] < settings.PanicThreshold * (counts[best] + counts[best + 2]);
        var count = 0;
        for (var i = 0; i < members.Length; i++)
        {
            if (ranks[i] >= 0 && (ranks[i] == best || (panics && ranks[i] == best + 2 && IsWorthATry(members[i]))))
            {
                candidates[count++] = i;
            }
        }

        return count;
    }

    static bool IsWorthATry(ReplicaMember member) => member.Supervisor.HealthNow != PoolHealth.Unavailable;

    int Pick(GroupView view, ReadOnlySpan<int> candidates, string? key, bool isFirst)
    {
        switch (settings.Strategy)
        {
            case RoutingStrategy.RoundRobin:
                return candidates[NextTurn(candidates.Length, isFirst)];
            case RoutingStrategy.PowerOfTwoChoices:
                return PickOfTwo(view.Members, candidates);
            case RoutingStrategy.ConsistentHash when key is not null:
                return PickOwner(view, candidates, key);
            case RoutingStrategy.FirstHealthy:
                return candidates[0];
            default:
                return PickLeastLeased(view.Members, candidates, isFirst);
        }
    }

    /// <summary>Second choices of an acquire take no turn: the order in which members come first does not depend on them.</summary>
    int NextTurn(int count, bool isFirst) =>
        (int)((uint)(isFirst ? Interlocked.Increment(ref _turn) : Volatile.Read(ref _turn)) % (uint)count);

    int PickLeastLeased(ReplicaMember[] members, ReadOnlySpan<int> candidates, bool isFirst)
    {
        var first = NextTurn(candidates.Length, isFirst);
        var best = candidates[first];
        var least = members[best].Load;
        for (var i = 1; i < candidates.Length && least > 0; i++)
        {
            var candidate = candidates[(first + i) % candidates.Length];
            if (members[candidate].Load is var load && load < least)
            {
                (best, least) = (candidate, load);
            }
        }

        return best;
    }

    int PickOfTwo(ReplicaMember[] members, ReadOnlySpan<int> candidates)
    {
        var first = (int)(random.NextDouble() * candidates.Length);
        var second = (int)(random.NextDouble() * (candidates.Length - 1));
        if (second >= first)
        {
            second++;
        }

        return members[candidates[second]].Load < members[candidates[first]].Load ? candidates[second] : candidates[first];
    }

    static int PickOwner(GroupView view, ReadOnlySpan<int> candidates, string key)
    {
        var total = 1;
        foreach (var candidate in candidates)
        {
            total += view.Members[candidate].Load;
        }

        var loadMax = (int)Math.Ceiling(LoadFactor * total / candidates.Length);
        var place = view.Ring!.Find(key);
        for (var i = 0; i < view.Ring.Count; i++)
        {
            var owner = view.Ring.OwnerAt(place + i);
            if (candidates.Contains(owner) && view.Members[owner].Load < loadMax)
            {
                return owner;
            }
        }

        // The loads have changed under our eyes.
        return candidates[0];
    }
}
