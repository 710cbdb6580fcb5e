namespace ActorPool.Benchmarks;

/// <summary>How a run is made.</summary>
sealed record BenchmarkOptions
{
    /// <summary>How many slices each contender has; odd, so that the median is one of them.</summary>
    public int Rounds { get; init; } = 11;

    /// <summary>Rounds before those that count, at least: the JIT needs them to compile for good.</summary>
    public int WarmUpsMin { get; init; } = 3;

    /// <summary>And at most.</summary>
    public int WarmUpsMax { get; init; } = 8;

    /// <summary>How long a slice is measured.</summary>
    public TimeSpan Slice { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>How long its tasks run before that.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(15);

    /// <summary>A run that shows that everything works rather than how fast: for CI.</summary>
    public static BenchmarkOptions Quick { get; } = new()
    {
        Rounds = 3,
        WarmUpsMin = 2,
        WarmUpsMax = 4,
        Slice = TimeSpan.FromMilliseconds(40),
        Settle = TimeSpan.FromMilliseconds(10),
    };
}
