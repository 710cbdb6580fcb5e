namespace ActorPool.Budgets.Fences;

/// <summary>Ends connections and counts them, until none is left or about a second has passed: a server takes a moment to end one.</summary>
static class FenceWatch
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <param name="time">The clock.</param>
    /// <param name="endAndCount">Ends those that are there, and tells how many there were.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many are left.</returns>
    public static async ValueTask<int> EndAsync(TimeProvider time, Func<Task<int>> endAndCount, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var left = await endAndCount().ConfigureAwait(false);
            if (left == 0 || time.GetElapsedTime(since) >= Limit)
            {
                return left;
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
