namespace ActorPool.Actors;

/// <summary>How often an actor has failed of late, and how long its next restart waits: not at all, then 100 ms doubling to 1 s.</summary>
sealed class FailureHistory
{
    const long ForgetAfterMs = 60_000;
    const long FirstDelayMs = 100;
    const long DelayMsMax = 1_000;

    int _failures;
    long _lastMs;

    public long NextDelayMs(long nowMs)
    {
        if (_failures > 0 && nowMs - _lastMs > ForgetAfterMs)
        {
            _failures = 0;
        }

        _lastMs = nowMs;
        var failuresBefore = _failures++;
        return failuresBefore == 0 ? 0 : Math.Min(DelayMsMax, FirstDelayMs << Math.Min(failuresBefore - 1, 10));
    }
}
