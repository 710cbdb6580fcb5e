namespace ActorPool.Stress;

/// <summary>
/// Has every thread run what it has caused itself, when it says so: sooner than any thread pool would, and with nobody
/// else's threads in the way.
/// </summary>
sealed class LocalDispatcher : IDispatcher
{
    [ThreadStatic]
    static Queue<IThreadPoolWorkItem>? Work;

    public static LocalDispatcher Instance { get; } = new();

    /// <summary>Runs what this thread has caused, and what that causes.</summary>
    public static void RunAll()
    {
        while (Work is { } work && work.TryDequeue(out var workItem))
        {
            workItem.Execute();
        }
    }

    public void Execute(IThreadPoolWorkItem workItem) => (Work ??= new()).Enqueue(workItem);
}
