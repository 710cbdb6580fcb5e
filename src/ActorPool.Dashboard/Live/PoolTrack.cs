namespace ActorPool.Dashboard.Live;

/// <summary>What is remembered of a pool from one picture to the next. For the sampler's loop alone.</summary>
sealed class PoolTrack(long number, IConnectionPool pool)
{
    PoolOverview? _before;
    long _beforeAt;
    PoolRow? _row;

    public long Number => number;

    public IConnectionPool Pool => pool;

    /// <summary>The version of the last picture that had the pool.</summary>
    public long SeenIn { get; set; }

    public bool IsTroubled => _before is { Health: not PoolHealth.Healthy };

    public int Connections => _before?.Size ?? 0;

    /// <summary>Looks at the pool. Gives the row of the last time if nothing has changed.</summary>
    public PoolRow Look(TimeProvider time, long version, RowBuffer buffer)
    {
        var now = pool.Overview();
        var at = time.GetTimestamp();
        var between = time.GetElapsedTime(_beforeAt, at);
        PoolRates? rates = _before is { } before && between > TimeSpan.Zero ? PoolRates.Of(before, now, between) : null;
        (_before, _beforeAt) = (now, at);
        PoolRow.WriteMembers(buffer.Begin(), number, now, rates);
        return _row = buffer.End(_row, version);
    }

    /// <summary>The row of a pool that cannot be put into words: an error's own <c>Message</c> may throw.</summary>
    public PoolRow Blind(Exception error, long version, RowBuffer buffer)
    {
        var json = buffer.Begin();
        json.WriteNumber("id", number);
        json.WriteString("name", Text.Bounded(pool.Name, Text.NameMax));
        json.WriteString("health", "failing");
        json.WriteString("mode", "open");
        json.WriteString("error", $"The pool could not be shown ({error.GetType().Name}); the log says more.");
        return _row = buffer.End(_row, version);
    }
}
