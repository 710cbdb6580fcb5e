namespace ActorPool.Budgets.Book;

/// <summary>
/// Who should hold how many grants. Every node gets what it wants up to an equal part of all; what is left of those that want less goes
/// to those that want more, in proportion to what they still lack. Whole numbers, the largest remainders first (Hamilton's method), and
/// among equals those that hold most, so that nothing moves needlessly.
/// </summary>
static class GrantShares
{
    /// <summary>The shares, in the order of the nodes.</summary>
    /// <param name="max">How many grants there are.</param>
    /// <param name="nodes">The nodes; a fenced one keeps what it holds, until it is reclaimed.</param>
    public static int[] Of(int max, IReadOnlyList<NodeRecord> nodes)
    {
        var shares = new int[nodes.Count];
        var free = max;
        for (var index = 0; index < shares.Length; index++)
        {
            if (nodes[index].IsFenced)
            {
                free -= shares[index] = nodes[index].Held;
            }
        }

        free = Math.Max(0, free);
        var equal = free / Math.Max(1, nodes.Count(static node => !node.IsFenced));
        long lacking = 0;
        for (var index = 0; index < shares.Length; index++)
        {
            if (!nodes[index].IsFenced)
            {
                shares[index] = Math.Min(nodes[index].Wanted, equal);
                lacking += nodes[index].Wanted - shares[index];
            }
        }

        var left = free - Enumerable.Range(0, shares.Length).Where(index => !nodes[index].IsFenced).Sum(index => shares[index]);
        if (lacking > 0)
        {
            ShareOut((int)Math.Min(left, lacking), lacking, nodes, shares);
        }

        return shares;
    }

    static void ShareOut(int left, long lacking, IReadOnlyList<NodeRecord> nodes, int[] shares)
    {
        var remainders = new List<(int Index, long Remainder)>(shares.Length);
        var rest = left;
        for (var index = 0; index < shares.Length; index++)
        {
            if (!nodes[index].IsFenced && nodes[index].Wanted > shares[index])
            {
                var (part, remainder) = Math.DivRem((long)left * (nodes[index].Wanted - shares[index]), lacking);
                remainders.Add((index, remainder));
                shares[index] += (int)part;
                rest -= (int)part;
            }
        }

        foreach (var (index, _) in remainders
            .Where(item => shares[item.Index] < nodes[item.Index].Wanted)
            .OrderByDescending(static item => item.Remainder)
            .ThenByDescending(item => nodes[item.Index].Held)
            .ThenBy(item => nodes[item.Index].Client, StringComparer.Ordinal)
            .Take(rest))
        {
            shares[index]++;
        }
    }
}
