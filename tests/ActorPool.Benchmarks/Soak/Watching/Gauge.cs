namespace ActorPool.Benchmarks.Soak.Watching;

/// <summary>A figure that must not grow.</summary>
/// <param name="Name">What it is, with its unit.</param>
/// <param name="Allowance">By how much it may grow in the second part of a soak and still count as flat: what noise can do.</param>
/// <param name="Read">Its value at this moment.</param>
sealed record Gauge(string Name, double Allowance, Func<double> Read);
