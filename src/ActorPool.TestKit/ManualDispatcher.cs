namespace ActorPool.TestKit;

/// <summary>A dispatcher whose work waits until a test runs it, on the test's own thread, in order of arrival.</summary>
public sealed class ManualDispatcher : IDispatcher
{
    const int WorkMax = 1_000_000;

    // A monitor, not a Lock: who waits for other threads waits on it.
    readonly object _lock = new();
    readonly Queue<IThreadPoolWorkItem> _work = new();
    bool _hasNews;

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
            Tell();
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
    /// <exception cref="ExpectationException">After a million of them there is still more: something starts itself again and again.</exception>
    public void RunAll()
    {
        for (var count = 0; RunOne(); count++)
        {
            if (count == WorkMax && Count > 0)
            {
                throw new ExpectationException(
                    $"{WorkMax} work items have run while the clock stood still, and {Count} more are ready: something starts itself again and again.");
            }
        }
    }

    /// <summary>Tells who waits for news that there is some; from any thread.</summary>
    internal void Signal()
    {
        lock (_lock)
        {
            Tell();
        }
    }

    /// <summary>News from here on are waited for; what was before is known.</summary>
    internal void ForgetNews()
    {
        lock (_lock)
        {
            _hasNews = false;
        }
    }

    /// <summary>Waits, in real time, for news since <see cref="ForgetNews"/>. False if there was none.</summary>
    internal bool WaitForNews(TimeSpan patience)
    {
        lock (_lock)
        {
            // Woken by anything, it looks again; the patience then begins anew, which is what it is: time without news.
            return _hasNews || (Monitor.Wait(_lock, patience) && _hasNews);
        }
    }

    void Tell()
    {
        _hasNews = true;
        Monitor.PulseAll(_lock);
    }
}
