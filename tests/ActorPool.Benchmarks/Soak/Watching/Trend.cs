namespace ActorPool.Benchmarks.Soak.Watching;

/// <summary>
/// Where a figure is going: the median of the slopes between all pairs of its values (H. Theil, 1950; P. K. Sen, "Estimates of
/// the Regression Coefficient Based on Kendall's Tau", 1968), with Sen's bounds. A value that is far off moves it by next to
/// nothing. The first third does not count: what is filled once is filled by then.
/// </summary>
/// <param name="PerMinute">The slope.</param>
/// <param name="Lower">It is steeper than this, with 97.5 % certainty.</param>
/// <param name="Upper">It is less steep than this, with 97.5 % certainty.</param>
/// <param name="Minutes">How long was looked at.</param>
sealed record Trend(double PerMinute, double Lower, double Upper, double Minutes)
{
    const double Z975 = 1.96;
    const double MinutesPerDay = 24 * 60;

    /// <summary>By how much the figure grew while it was looked at, as far as it is a trend.</summary>
    public double Growth => PerMinute * Minutes;

    /// <summary>What it would come to in a day.</summary>
    public double PerDay => PerMinute * MinutesPerDay;

    /// <summary>The trend of the second part of some values.</summary>
    public static Trend Of(IReadOnlyList<double> seconds, IReadOnlyList<double> values)
    {
        var first = seconds.Count / 3;
        var count = seconds.Count - first;
        if (count < 2)
        {
            return new Trend(double.NaN, double.NaN, double.NaN, 0);
        }

        var slopes = new List<double>(count * (count - 1) / 2);
        for (var i = first; i < seconds.Count; i++)
        {
            for (var j = i + 1; j < seconds.Count; j++)
            {
                slopes.Add((values[j] - values[i]) / (seconds[j] - seconds[i]) * 60);
            }
        }

        slopes.Sort();
        var spread = Z975 * Math.Sqrt(count * (count - 1) * ((2.0 * count) + 5) / 18);
        return new Trend(
            Measuring.Statistics.Median(slopes),
            slopes[Math.Clamp((int)Math.Floor((slopes.Count - spread) / 2), 0, slopes.Count - 1)],
            slopes[Math.Clamp((int)Math.Ceiling((slopes.Count + spread) / 2), 0, slopes.Count - 1)],
            (seconds[^1] - seconds[first]) / 60);
    }

    /// <summary>Whether it does not grow: by no more than noise can do, or not for certain.</summary>
    public bool IsFlat(double allowance) => Growth <= allowance || Lower <= 0;
}
