using ActorPool.Benchmarks.Soak.Subjects;
using ActorPool.Benchmarks.Soak.Watching;

namespace ActorPool.Benchmarks.Soak;

/// <summary>What a soak has found.</summary>
/// <param name="Census">What was counted.</param>
/// <param name="Subjects">The pools and their callers.</param>
/// <param name="EverySecond">The figures in all weathers.</param>
/// <param name="AtRest">The figures after each storm, when every pool was whole and idle.</param>
/// <param name="Drained">The figures without a pool: before there was one, and after all were drained.</param>
/// <param name="Recoveries">How long after each storm every pool was whole, in seconds.</param>
/// <param name="Violations">What must not be, beside what callers have met.</param>
sealed record SoakResult(
    Census Census,
    IReadOnlyList<Subject> Subjects,
    Recorder EverySecond,
    Recorder AtRest,
    Recorder Drained,
    IReadOnlyList<double> Recoveries,
    IReadOnlyList<string> Violations);
