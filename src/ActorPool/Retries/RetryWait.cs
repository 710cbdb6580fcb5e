namespace ActorPool.Retries;

/// <summary>
/// The wait between two attempts, which ends on the runtime's dispatcher however it ends. (A Task.Delay that is cancelled
/// goes on on the thread pool, whatever the dispatcher is.)
/// </summary>
sealed class RetryWait(IDispatcher dispatcher) : IThreadPoolWorkItem
{
    readonly TaskCompletionSource _over = new();
    int _hasEnded;

    /// <summary>Waits until the time has passed or the token is cancelled; throws in neither case.</summary>
    public static async ValueTask ForAsync(TimeSpan delay, TimeProvider timeProvider, IDispatcher dispatcher, CancellationToken cancellationToken)
    {
        var wait = new RetryWait(dispatcher);
        using var timer = timeProvider.CreateTimer(static wait => ((RetryWait)wait!).End(), wait, delay, Timeout.InfiniteTimeSpan);
        using var registration = cancellationToken.UnsafeRegister(static wait => ((RetryWait)wait!).End(), wait);
        await wait._over.Task.ConfigureAwait(false);
    }

    public void Execute() => _over.SetResult();

    void End()
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) == 0)
        {
            dispatcher.Execute(this);
        }
    }
}
