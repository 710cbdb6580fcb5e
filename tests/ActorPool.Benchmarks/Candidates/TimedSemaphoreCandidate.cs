using System.Collections.Concurrent;

namespace ActorPool.Benchmarks.Candidates;

/// <summary>The semaphore with what ActorPool always has: an acquire that has to wait gives up after 15 s.</summary>
readonly struct TimedSemaphoreCandidate : ICandidate<IdleConnection>
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    readonly SemaphoreSlim _free;
    readonly ConcurrentBag<IdleConnection> _bag;

    TimedSemaphoreCandidate(SemaphoreSlim free, ConcurrentBag<IdleConnection> bag)
    {
        _free = free;
        _bag = bag;
    }

    public static ValueTask<TimedSemaphoreCandidate> OpenAsync(int size) =>
        new(new TimedSemaphoreCandidate(new SemaphoreSlim(size, size), [.. IdleConnection.Many(size)]));

    public ValueTask<IdleConnection> AcquireAsync()
    {
        var wait = _free.WaitAsync(Patience);
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

    static async ValueTask<IdleConnection> TakeAfterAsync(Task<bool> wait, ConcurrentBag<IdleConnection> bag) =>
        await wait ? Bags.Take(bag) : throw new TimeoutException("No connection became free in time.");
}
