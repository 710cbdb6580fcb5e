namespace ActorPool.Retries;

/// <summary>The waits between attempts; see <see cref="RetryBackoff"/> for the formulas.</summary>
sealed class RetrySchedule(RetryBackoff backoff, TimeSpan delay, TimeSpan maxDelay)
{
    // An acquire that fails at once must not be tried again and again while an open is under way.
    static readonly TimeSpan UnavailableMin = TimeSpan.FromMilliseconds(100);

    readonly double _delayMs = delay.TotalMilliseconds;
    readonly double _maxMs = maxDelay.TotalMilliseconds;

    /// <summary>The wait after a failed attempt.</summary>
    /// <param name="attempt">Its number, from 1.</param>
    /// <param name="previous">The wait before it; zero for the first.</param>
    /// <param name="random">Asked once if the backoff has jitter, otherwise not at all.</param>
    public TimeSpan After(int attempt, TimeSpan previous, IRandomSource random)
    {
        var waitMs = backoff switch
        {
            RetryBackoff.Fixed => Math.Min(_maxMs, _delayMs),
            RetryBackoff.Exponential => Bound(attempt),
            RetryBackoff.FullJitter => random.NextDouble() * Bound(attempt),
            RetryBackoff.EqualJitter => (0.5 + (random.NextDouble() / 2)) * Bound(attempt),
            _ => Decorrelated(previous, random),
        };

        // Timers count in whole milliseconds and cut off what is less.
        return TimeSpan.FromMilliseconds((long)Math.Ceiling(waitMs));
    }

    /// <summary>
    /// <see cref="After(int, TimeSpan, IRandomSource)"/> a certain error: it is of no use to ask for what cannot be there yet.
    /// </summary>
    public TimeSpan After(Exception error, int attempt, TimeSpan previous, IRandomSource random)
    {
        var wait = After(attempt, previous, random);
        if (error is not EndpointUnavailableException unavailable)
        {
            return wait;
        }

        var least = unavailable.NextAttemptIn > UnavailableMin ? unavailable.NextAttemptIn : UnavailableMin;
        least = least < maxDelay ? least : maxDelay;
        return wait > least ? wait : least;
    }

    double Bound(int attempt) => Math.Min(_maxMs, _delayMs * Math.Pow(2, attempt - 1));

    double Decorrelated(TimeSpan previous, IRandomSource random)
    {
        var previousMs = Math.Max(_delayMs, previous.TotalMilliseconds);
        return Math.Min(_maxMs, _delayMs + (random.NextDouble() * ((3 * previousMs) - _delayMs)));
    }
}
