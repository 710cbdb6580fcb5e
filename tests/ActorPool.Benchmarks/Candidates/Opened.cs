namespace ActorPool.Benchmarks.Candidates;

/// <summary>Waits until a pool has opened all it wants to.</summary>
static class Opened
{
    static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(2);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task WaitAsync<TConnection>(ConnectionPool<TConnection> pool, int count)
        where TConnection : class
    {
        var deadline = TimeProvider.System.GetTimestamp() + (long)(Patience.TotalSeconds * TimeProvider.System.TimestampFrequency);
        while (pool.Overview() is { } overview && overview.Idle < count)
        {
            if (TimeProvider.System.GetTimestamp() > deadline)
            {
                throw new TimeoutException($"The pool did not fill: {overview}");
            }

            await Task.Delay(LookAgainAfter);
        }
    }
}
