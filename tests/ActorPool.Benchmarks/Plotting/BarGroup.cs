namespace ActorPool.Benchmarks.Plotting;

/// <summary>Bars that are compared with each other.</summary>
sealed record BarGroup(string Name, IReadOnlyList<Bar> Bars);
