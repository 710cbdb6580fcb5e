using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Http;

/// <summary>The ratios of many pairs of slices: their median, and how sure it is.</summary>
sealed class PairedRatio(IReadOnlyList<double> ratios)
{
    public double Median { get; } = Statistics.Median(ratios);

    /// <summary>The lower 95 % bound of the median: an order statistic, which asks nothing of how the ratios are distributed.</summary>
    public double LowerBound { get; } = ratios.Order().ElementAt(RankOf(ratios.Count));

    /// <summary>
    /// The rank, from 0, below which the median lies with at most 2.5 %: the number of ratios below the median is binomial
    /// with one half (W. J. Conover, "Practical Nonparametric Statistics", section 3.2).
    /// </summary>
    static int RankOf(int count)
    {
        var probability = Math.Pow(0.5, count);
        var sum = probability;
        var rank = 0;
        while (sum <= 0.025)
        {
            probability *= (double)(count - rank) / (rank + 1);
            sum += probability;
            rank++;
        }

        return Math.Max(0, rank - 1);
    }
}
