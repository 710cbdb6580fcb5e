namespace ActorPool.Benchmarks.Reporting;

/// <summary>What is known of one thing that was measured, in the order of the section's columns.</summary>
sealed record Row(string Name, IReadOnlyList<double> Figures);
