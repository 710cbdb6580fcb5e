namespace ActorPool.Benchmarks.Plotting;

/// <summary>One direction of a chart.</summary>
/// <param name="Title">What it measures, with its unit.</param>
/// <param name="IsLogarithmic">Whether equal steps are equal factors; nothing at or below zero is drawn then.</param>
/// <param name="Ticks">Which values are written beside it, ascending, at least two; null for round ones.</param>
sealed record Axis(string Title, bool IsLogarithmic = false, IReadOnlyList<double>? Ticks = null);
