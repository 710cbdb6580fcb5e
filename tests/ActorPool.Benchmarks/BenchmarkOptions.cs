namespace ActorPool.Benchmarks;

/// <summary>How a run is made.</summary>
sealed record BenchmarkOptions
{
    /// <summary>How many slices each contender has; odd, so that the median is one of them.</summary>
    public int Rounds { get; init; } = 11;

    /// <summary>Rounds before those that count, at least: the JIT needs them to compile for good.</summary>
    public int WarmUpsMin { get; init; } = 3;

    /// <summary>And at most, while it is still at work.</summary>
    public int WarmUpsMax { get; init; } = 12;

    /// <summary>How long a slice is measured.</summary>
    public TimeSpan Slice { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>How long its tasks run before that.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(15);

    /// <summary>Whether it shows that everything works rather than how fast.</summary>
    public bool IsQuick { get; private init; }

    /// <summary>A run that shows that everything works rather than how fast: for CI.</summary>
    public static BenchmarkOptions Quick { get; } = new()
    {
        IsQuick = true,
        Rounds = 5,
        WarmUpsMin = 3,
        WarmUpsMax = 24,
        Slice = TimeSpan.FromMilliseconds(40),
        Settle = TimeSpan.FromMilliseconds(10),
    };
}
