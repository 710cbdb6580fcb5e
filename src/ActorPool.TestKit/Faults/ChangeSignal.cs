namespace ActorPool.TestKit.Faults;

/// <summary>Wakes those who wait for a condition to come true, each time something has changed.</summary>
sealed class ChangeSignal
{
    TaskCompletionSource _next = NewSource();

    public void Raise() => Interlocked.Exchange(ref _next, NewSource()).TrySetResult();

    public async Task WaitUntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            // taken before the look: a change after the look wakes us
            var next = Volatile.Read(ref _next).Task;
            if (condition())
            {
                return;
            }

            await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
