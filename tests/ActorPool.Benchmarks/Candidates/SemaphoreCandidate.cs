using System.Collections.Concurrent;

namespace ActorPool.Benchmarks.Candidates;

/// <summary>
/// The other pool that people write: a semaphore that counts, a bag that holds. No timeout, no cancellation.
/// </summary>
readonly struct SemaphoreCandidate : ICandidate<IdleConnection>
{
    readonly SemaphoreSlim _free;
    readonly ConcurrentBag<IdleConnection> _bag;

    SemaphoreCandidate(SemaphoreSlim free, ConcurrentBag<IdleConnection> bag)
    {
        _free = free;
        _bag = bag;
    }

    public static ValueTask<SemaphoreCandidate> OpenAsync(int size) =>
        new(new SemaphoreCandidate(new SemaphoreSlim(size, size), [.. IdleConnection.Many(size)]));

    public ValueTask<IdleConnection> AcquireAsync()
    {
        var wait = _free.WaitAsync();
        return wait.IsCompletedSuccessfully ? new ValueTask<IdleConnection>(Bags.Take(_bag)) : TakeAfterAsync(wait, _bag);
    }

    public void Release(IdleConnection lease)
    {
        _bag.Add(lease);
        _free.Release();
    }

    public ValueTask DisposeAsync()
    {
        _free.Dispose();
        return default;
    }

    static async ValueTask<IdleConnection> TakeAfterAsync(Task wait, ConcurrentBag<IdleConnection> bag)
    {
        await wait;
        return Bags.Take(bag);
    }
}
