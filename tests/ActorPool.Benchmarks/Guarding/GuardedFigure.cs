namespace ActorPool.Benchmarks.Guarding;

/// <summary>A figure that may not become worse than in the results that are kept.</summary>
/// <param name="Benchmark">Whose it is.</param>
/// <param name="Section">The key of its section.</param>
/// <param name="Row">Its row.</param>
/// <param name="Column">The head of its column.</param>
/// <param name="Better">Which way is better.</param>
/// <param name="Margin">How many times worse it may be: wide, since a quick run on a busy machine says little more.</param>
sealed record GuardedFigure(string Benchmark, string Section, string Row, string Column, Better Better, double Margin = 2.5)
{
    /// <summary>The least or the most that it may be, when it is kept as so much.</summary>
    public double LimitOf(double kept) => Better switch
    {
        Better.Lower => kept * Margin,
        Better.Higher => kept / Margin,
        _ => kept,
    };

    /// <summary>Whether a figure is good enough.</summary>
    public bool Allows(double measured, double kept) => Better switch
    {
        Better.Lower => measured <= LimitOf(kept),
        Better.Higher => measured >= LimitOf(kept),
        _ => Math.Abs(measured - kept) < 0.005,
    };
}
