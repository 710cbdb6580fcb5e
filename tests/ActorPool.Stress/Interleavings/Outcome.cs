namespace ActorPool.Stress;

/// <summary>What was seen of one run: a few small numbers, one for each column of the scenario's <see cref="OutcomeTable"/>.</summary>
readonly record struct Outcome(int First, int Second = 0, int Third = 0, int Fourth = 0, int Fifth = 0)
{
    /// <summary>The first so many of its numbers.</summary>
    public string ToString(int columns) =>
        string.Join(", ", new[] { First, Second, Third, Fourth, Fifth }.Take(columns));
}
