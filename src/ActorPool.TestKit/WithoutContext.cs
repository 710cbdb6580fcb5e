namespace ActorPool.TestKit;

/// <summary>
/// Runs something as if on a bare thread: a test framework's synchronization context would send what awaits continue with
/// to other threads.
/// </summary>
static class WithoutContext
{
    public static void Run<TState>(Action<TState> action, TState state)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            action(state);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
