namespace ActorPool;

/// <summary>Where work starts: connector calls, completed waiters, what a turn left for later.</summary>
public interface IDispatcher
{
    /// <summary>
    /// Queues a work item to run soon, on a thread of the dispatcher's, with no caller's execution context. Must not run it
    /// before it returns, and must not throw.
    /// </summary>
    void Execute(IThreadPoolWorkItem workItem);
}
