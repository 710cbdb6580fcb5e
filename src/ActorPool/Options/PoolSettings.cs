using ActorPool.Retries;

namespace ActorPool.Options;

/// <summary>
/// Checked options in the form in which the actors use them: immutable, times in milliseconds of the runtime's clock,
/// "infinite" as <see cref="Never"/>.
/// </summary>
sealed record PoolSettings
{
    /// <summary>A time that does not come. A quarter of the range, so that it can be added to any clock.</summary>
    public const long Never = long.MaxValue / 4;

    PoolSettings(PoolOptions options)
    {
        Name = options.Name;
        MinSize = options.MinSize;
        MaxSize = options.MaxSize;
        AcquireTimeoutMs = ToMs(options.AcquireTimeout);
        ConnectTimeoutMs = ToMs(options.ConnectTimeout);
        MaxConcurrentConnects = options.MaxConcurrentConnects;
        BackoffInitialMs = ToMs(options.ReconnectBackoff.Initial);
        BackoffMaxMs = ToMs(options.ReconnectBackoff.Max);
        BackoffJitter = options.ReconnectBackoff.Jitter;
        UnavailableAfterMs = ToMs(options.UnavailableAfter);
        IdleTimeoutMs = ToMs(options.IdleTimeout);
        MaxLifetimeMs = ToMs(options.MaxLifetime);
        LifetimeJitter = options.LifetimeJitter;
        KeepaliveIntervalMs = ToMs(options.KeepaliveInterval);
        KeepaliveTimeoutMs = ToMs(options.KeepaliveTimeout);
        ValidateAfterIdleMs = ToMs(options.ValidateAfterIdle);
        ResetTimeoutMs = ToMs(options.ResetTimeout);
        Order = options.Order;
        CloseTimeoutMs = ToMs(options.CloseTimeout);
        DrainTimeoutMs = ToMs(options.DrainTimeout);
        MaxWaiters = options.MaxWaiters;
        QueueTargetMs = ToMs(options.QueueTarget);
        QueueIntervalMs = ToMs(options.QueueInterval);
        WhenExhausted = options.WhenExhausted;
        FillStaggerMs = ToMs(options.FillStagger);
        PruneIntervalMs = ToMs(options.PruneInterval);
        SiblingProbation = options.SiblingProbation;
        LeaseTimeoutMs = ToMs(options.LeaseTimeout);
        LeakDetection = options.LeakDetection;
        LeakWarningAfterMs = ToMs(options.LeakWarningAfter);
        CaptureStacks = options.CaptureStacks;
        MaxLeasesPerConnection = options.MaxLeasesPerConnection;
        PauseLimitMs = ToMs(options.PauseLimit);
        Retry = RetrySettings.From(options.Retry);
        Endpoint = options.Endpoint;
        Credentials = options.Credentials;
        Budget = options.Budget;
        BudgetDeadline = options.Budget?.Deadline;
    }

    public string Name { get; }

    public int MinSize { get; init; }

    public int MaxSize { get; init; }

    public long AcquireTimeoutMs { get; }

    public long ConnectTimeoutMs { get; }

    public int MaxConcurrentConnects { get; }

    public long BackoffInitialMs { get; }

    public long BackoffMaxMs { get; }

    public bool BackoffJitter { get; }

    public long UnavailableAfterMs { get; }

    public long IdleTimeoutMs { get; }

    public long MaxLifetimeMs { get; }

    public double LifetimeJitter { get; }

    public long KeepaliveIntervalMs { get; }

    public long KeepaliveTimeoutMs { get; }

    public long ValidateAfterIdleMs { get; }

    public long ResetTimeoutMs { get; }

    public IdleOrder Order { get; }

    public long CloseTimeoutMs { get; }

    public long DrainTimeoutMs { get; }

    public int MaxWaiters { get; }

    public long QueueTargetMs { get; }

    public long QueueIntervalMs { get; }

    public WhenExhausted WhenExhausted { get; }

    public long FillStaggerMs { get; }

    public long PruneIntervalMs { get; }

    public bool SiblingProbation { get; }

    public long LeaseTimeoutMs { get; }

    public LeakDetection LeakDetection { get; }

    public long LeakWarningAfterMs { get; }

    public bool CaptureStacks { get; }

    public int MaxLeasesPerConnection { get; }

    public long PauseLimitMs { get; }

    public RetrySettings Retry { get; }

    public Endpoint? Endpoint { get; }

    public ICredentialProvider? Credentials { get; }

    public IConnectionBudget? Budget { get; }

    public BudgetDeadline? BudgetDeadline { get; }

    /// <summary>Checks the options and takes what they say now.</summary>
    /// <exception cref="ArgumentException">They are out of range or contradict each other: all problems are listed.</exception>
    public static PoolSettings From(PoolOptions options)
    {
        PoolOptionsValidator.Validate(options);
        return new PoolSettings(options);
    }

    /// <summary>A time in milliseconds, rounded up so that nothing that is not zero becomes it; infinite as <see cref="Never"/>.</summary>
    public static long ToMs(TimeSpan time) =>
        time == Timeout.InfiniteTimeSpan ? Never : (long)Math.Ceiling(time.TotalMilliseconds);
}
