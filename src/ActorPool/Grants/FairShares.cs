namespace ActorPool.Grants;

/// <summary>
/// Max-min fair shares in whole numbers: nobody gets more than it wants, and nobody could get more without taking from one
/// that has no more than it. What cannot be shared evenly stays with those who hold most, so that nothing moves needlessly.
/// </summary>
static class FairShares
{
    /// <summary>Who wants little gets it; the rest share what is left, and so on upwards (progressive filling).</summary>
    /// <param name="max">What there is to share.</param>
    /// <param name="wanted">What each wants in all.</param>
    /// <param name="held">What each has.</param>
    public static int[] Of(int max, int[] wanted, int[] held)
    {
        var shares = new int[wanted.Length];
        int[] order = [.. Enumerable.Range(0, wanted.Length)];
        Array.Sort(order, (one, other) => wanted[one].CompareTo(wanted[other]));
        for (var place = 0; place < order.Length; place++)
        {
            var level = max / (order.Length - place);
            if (wanted[order[place]] > level)
            {
                Level(shares, order[place..], level, max - (level * (order.Length - place)), held);
                break;
            }

            max -= shares[order[place]] = wanted[order[place]];
        }

        return shares;
    }

    static void Level(int[] shares, int[] unsatisfied, int level, int rest, int[] held)
    {
        foreach (var index in unsatisfied.OrderByDescending(index => held[index]).ThenBy(index => index))
        {
            shares[index] = level + (rest-- > 0 ? 1 : 0);
        }
    }
}
