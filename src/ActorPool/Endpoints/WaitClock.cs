namespace ActorPool.Endpoints;

/// <summary>
/// What waiters of the pool wait for, as times that add up: every moment counts for one cause. A waiter's own share is the
/// difference between two readings.
/// </summary>
sealed class WaitClock
{
    WaitCauses _spent;
    WaitCause _cause;
    long _sinceMs;

    /// <summary>From now on a wait is for something else.</summary>
    public void Turn(WaitCause cause, long nowMs)
    {
        if (cause != _cause)
        {
            _spent = Read(nowMs);
            _cause = cause;
            _sinceMs = nowMs;
        }
    }

    /// <summary>The times up to now.</summary>
    public WaitCauses Read(long nowMs)
    {
        var spent = _spent;
        spent[(int)_cause] += nowMs - _sinceMs;
        return spent;
    }
}
