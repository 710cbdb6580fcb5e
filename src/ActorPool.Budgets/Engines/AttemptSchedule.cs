using ActorPool.Retries;

namespace ActorPool.Budgets.Engines;

/// <summary>
/// How often a server that does not serve is tried: at once after it has served, then at a distance that doubles from 100 ms to 2 s
/// and is shortened by up to a half at random, so that many nodes do not come at the same moment. Not for several threads at once.
/// </summary>
/// <param name="runtime">The clock and the randomness.</param>
sealed class AttemptSchedule(PoolRuntime runtime)
{
    static readonly RetrySchedule Distances = new(RetryBackoff.EqualJitter, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2));

    int _failures;
    long _since;
    TimeSpan _distance;

    /// <summary>How long it is until the server may be tried; zero or less: now.</summary>
    public TimeSpan Remaining => _distance - runtime.TimeProvider.GetElapsedTime(_since);

    /// <summary>It is tried, and counts as failed until it has served.</summary>
    public void Tried()
    {
        _distance = Distances.After(++_failures, previous: _distance, runtime.Random);
        _since = runtime.TimeProvider.GetTimestamp();
    }

    /// <summary>It has served.</summary>
    public void Served()
    {
        _failures = 0;
        _distance = TimeSpan.Zero;
    }
}
