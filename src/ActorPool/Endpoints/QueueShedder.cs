namespace ActorPool.Endpoints;

/// <summary>
/// Controlled delay (CoDel): tells a line that is long for a moment from one that is long for good. If even the shortest
/// wait of a whole interval was above the target, the pool is overloaded, and those who have waited for more than twice the
/// target are shed until an interval is better. Times in milliseconds.
/// </summary>
/// <remarks>K. Nichols, V. Jacobson, <i>Controlling Queue Delay</i>, ACM Queue 2012, as DBConnection applies it to its waiters.</remarks>
sealed class QueueShedder(long targetMs, long intervalMs)
{
    const long None = long.MaxValue;

    long _intervalEndsMs;
    long _shortestMs = None;

    /// <summary>Whether the last interval was overloaded.</summary>
    public bool IsOverloaded { get; private set; }

    /// <summary>A line begins to form: what was before does not count.</summary>
    public void Begin(long nowMs)
    {
        _intervalEndsMs = nowMs + intervalMs;
        _shortestMs = None;
        IsOverloaded = false;
    }

    /// <summary>A waiter is about to be served after a certain wait.</summary>
    /// <returns>Whether it is to be shed instead.</returns>
    public bool IsToBeShed(long waitedMs, long nowMs)
    {
        if (nowMs >= _intervalEndsMs)
        {
            IsOverloaded = Math.Min(_shortestMs, waitedMs) > targetMs;
            _intervalEndsMs = nowMs + intervalMs;
            _shortestMs = None;
        }

        var isShed = IsOverloaded && waitedMs > 2 * targetMs;
        if (!isShed)
        {
            _shortestMs = Math.Min(_shortestMs, waitedMs);
        }

        return isShed;
    }

    /// <summary>Once an interval: if nobody was served in it, the one at the head of the line tells how long a wait is.</summary>
    public void NoteStall(long headWaitedMs, long nowMs)
    {
        if (_shortestMs == None && headWaitedMs >= intervalMs)
        {
            IsOverloaded = headWaitedMs > targetMs;
            _intervalEndsMs = nowMs + intervalMs;
        }
    }
}
