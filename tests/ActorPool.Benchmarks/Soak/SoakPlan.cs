namespace ActorPool.Benchmarks.Soak;

/// <summary>How a soak goes.</summary>
/// <param name="Length">How long there is weather, rests included.</param>
/// <param name="Seed">Of the weather and of what the callers do.</param>
/// <param name="Leak">What is leaked on purpose.</param>
sealed record SoakPlan(TimeSpan Length, int Seed, LeakKind Leak)
{
    /// <summary>How long a storm lasts; after each there is a rest, in which everything is counted.</summary>
    public TimeSpan Storm { get; } = TimeSpan.FromSeconds(Math.Clamp(Length.TotalSeconds / 12, 0.75, 4));

    /// <summary>How often everything is counted meanwhile too.</summary>
    public static TimeSpan Period { get; } = TimeSpan.FromSeconds(1);

    /// <summary>How long anything may take that has no limit of its own, until it counts as hanging.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(15);
}
