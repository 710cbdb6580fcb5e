namespace ActorPool.Actors;

/// <summary>The thread pool.</summary>
sealed class ThreadPoolDispatcher : IDispatcher
{
    public static ThreadPoolDispatcher Instance { get; } = new();

    // Unsafe: without the caller's execution context. The global queue: in order, and fair to who waits longest.
    public void Execute(IThreadPoolWorkItem workItem) => ThreadPool.UnsafeQueueUserWorkItem(workItem, preferLocal: false);
}
