namespace ActorPool;

/// <summary>
/// How the waits between the attempts of one call grow. In the formulas <i>n</i> is the number of the failed attempt, from
/// 1, and <i>random</i> a number of at least 0 and below 1. The jittered ones are those of M. Brooker, <i>Exponential Backoff
/// And Jitter</i>, AWS Architecture Blog, 2015.
/// </summary>
public enum RetryBackoff
{
    /// <summary><c>min(MaxDelay, Delay)</c>, every time.</summary>
    Fixed = 0,

    /// <summary><c>min(MaxDelay, Delay · 2ⁿ⁻¹)</c>.</summary>
    Exponential,

    /// <summary><c>random · min(MaxDelay, Delay · 2ⁿ⁻¹)</c>: spreads callers that failed together best.</summary>
    FullJitter,

    /// <summary>Half of <c>min(MaxDelay, Delay · 2ⁿ⁻¹)</c>, and <c>random</c> times the other half: never almost nothing.</summary>
    EqualJitter,

    /// <summary>
    /// <c>min(MaxDelay, Delay + random · (3 · previous − Delay))</c>: grows from the wait before, which at first is <c>Delay</c>.
    /// </summary>
    DecorrelatedJitter,
}
