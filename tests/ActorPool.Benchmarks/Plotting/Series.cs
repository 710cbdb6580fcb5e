namespace ActorPool.Benchmarks.Plotting;

/// <summary>One line of a chart.</summary>
sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points);
