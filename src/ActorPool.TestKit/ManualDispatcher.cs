namespace ActorPool.TestKit;

/// <summary>A dispatcher whose work waits until a test runs it, on the test's own thread, in order of arrival.</summary>
public sealed class ManualDispatcher : IDispatcher
{
    readonly Lock _lock = new();
    readonly Queue<IThreadPoolWorkItem> _work = new();

    /// <summary>How many work items wait.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _work.Count;
            }
        }
    }

    /// <inheritdoc/>
    public void Execute(IThreadPoolWorkItem workItem)
    {
        ArgumentNullException.ThrowIfNull(workItem);
        lock (_lock)
        {
            _work.Enqueue(workItem);
        }
    }

    /// <summary>Runs the oldest work item. False if there was none.</summary>
    public bool RunOne()
    {
        IThreadPoolWorkItem? workItem;
        lock (_lock)
        {
            if (!_work.TryDequeue(out workItem))
            {
                return false;
            }
        }

        WithoutContext.Run(static work => work.Execute(), workItem);
        return true;
    }

    /// <summary>Runs work items until none is left, those that they add included.</summary>
    public void RunAll()
    {
        while (RunOne())
        {
        }
    }
}
