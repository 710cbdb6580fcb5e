namespace ActorPool.Benchmarks.Callers;

/// <summary>What callers do with their leases, and what that has brought on each size of pool.</summary>
/// <param name="Name">Its word in keys and files.</param>
/// <param name="Description">What they do.</param>
/// <param name="Curves">One for each size.</param>
sealed record CallersUse(string Name, string Description, IReadOnlyList<CallersCurve> Curves);
