namespace ActorPool.Benchmarks.Measuring;

/// <summary>What many short looks at a noisy machine say together.</summary>
static class Statistics
{
    /// <summary>The middle value: an outlier, whatever its size, moves it by one place at most.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length == 0 ? double.NaN
            : sorted.Length % 2 == 1 ? sorted[middle]
            : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
