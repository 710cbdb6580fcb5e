namespace ActorPool.Simulation;

/// <summary>The loosest of the options that a pool has had: what holds for a pool whose options change holds for these.</summary>
sealed class OptionBounds
{
    public int MaxSize { get; private set; }

    public int MaxConcurrentConnects { get; private set; }

    public int MaxLeasesPerConnection { get; private set; }

    public TimeSpan KeepaliveInterval { get; private set; }

    public TimeSpan ConnectTimeout { get; private set; }

    public bool MayShed { get; private set; }

    public bool MayRefuse { get; private set; }

    public bool MayOpenTransients { get; private set; }

    public void Widen(PoolOptions options)
    {
        WidenMaxSize(options.MaxSize);
        MaxConcurrentConnects = Math.Max(MaxConcurrentConnects, options.MaxConcurrentConnects);
        MaxLeasesPerConnection = Math.Max(MaxLeasesPerConnection, options.MaxLeasesPerConnection);
        KeepaliveInterval = Max(KeepaliveInterval, options.KeepaliveInterval);
        ConnectTimeout = Max(ConnectTimeout, options.ConnectTimeout);
        MayShed |= options.QueueTarget != Timeout.InfiniteTimeSpan;
        MayRefuse |= options.WhenExhausted == WhenExhausted.Throw || options.MaxWaiters != PoolOptions.Unlimited;
        MayOpenTransients |= options.WhenExhausted == WhenExhausted.OpenTransient;
    }

    public void WidenMaxSize(int maxSize) => MaxSize = Math.Max(MaxSize, maxSize);

    static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
