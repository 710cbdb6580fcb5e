namespace ActorPool.Benchmarks.Plotting;

/// <summary>One bar of a chart.</summary>
sealed record Bar(string Name, double Value);
