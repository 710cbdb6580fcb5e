using ActorPool.Dashboard.Details;

namespace ActorPool.Dashboard.Live;

/// <summary>
/// Looks at all pools while somebody has the page open, once for everybody. What was seen of events is kept for a while after the
/// last has left, so that loading the page anew does not lose it.
/// </summary>
sealed class PoolSampler(DashboardSettings settings, PoolSource pools, PoolJournals journals)
{
    static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    readonly Lock _lock = new();
    SampleRun? _run;
    ITimer? _forgetting;
    int _subscribers;
    long _version;

    /// <summary>How many pages are open.</summary>
    public int Subscribers => Volatile.Read(ref _subscribers);

    /// <summary>Begins to follow the pools; null if too many do already.</summary>
    public Subscription? TrySubscribe()
    {
        SampleRun run;
        var begins = false;
        lock (_lock)
        {
            if (_subscribers == settings.MaxSubscribers)
            {
                return null;
            }

            _subscribers++;
            _forgetting?.Dispose();
            _forgetting = null;
            begins = _run is null;
            run = _run ??= new SampleRun(settings, pools, journals, () => Interlocked.Increment(ref _version));
        }

        if (begins)
        {
            run.Begin();
        }

        return new Subscription(this, run);
    }

    void Leave()
    {
        lock (_lock)
        {
            if (--_subscribers > 0)
            {
                return;
            }

            _run!.Dispose();
            _run = null;
            _forgetting = settings.Time.CreateTimer(
                static state => ((PoolJournals)state!).Clear(), journals, Memory, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>One open page.</summary>
    internal sealed class Subscription(PoolSampler sampler, SampleRun run) : IDisposable
    {
        int _disposed;

        /// <summary>The newest picture, as soon as there is one newer than the last; those between are skipped.</summary>
        public ValueTask<Picture> NextAsync(Picture? last, CancellationToken cancellationToken) => run.NextAsync(last, cancellationToken);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                sampler.Leave();
            }
        }
    }
}
