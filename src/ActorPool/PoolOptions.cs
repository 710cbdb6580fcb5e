using ActorPool.Options;

namespace ActorPool;

/// <summary>
/// How one endpoint's pool behaves. Checked once, when a pool is made: all problems are reported together, none is
/// silently corrected, and later changes to the object do not reach the pool.
/// </summary>
public sealed class PoolOptions
{
    /// <summary>No limit, for options that count.</summary>
    public const int Unlimited = int.MaxValue;

    /// <summary>Names the pool in logs, errors and metrics. Default <c>"pool"</c>; not empty.</summary>
    public string Name { get; set; } = "pool";

    /// <summary>
    /// How many connections are kept open even when idle. Default 0; 0 to <see cref="MaxSize"/>. Equal to
    /// <see cref="MaxSize"/> makes an always-full pool.
    /// </summary>
    public int MinSize { get; set; }

    /// <summary>The hard cap on connections, those being opened included. Default 16; 1 to 1,000,000.</summary>
    public int MaxSize { get; set; } = 16;

    /// <summary>
    /// How long an acquire may take in all. Default 15 s; <see cref="TimeSpan.Zero"/> fails at once when no connection is
    /// free, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever, other negative values are refused.
    /// </summary>
    public TimeSpan AcquireTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How many acquires may wait at once; one more fails at once with <see cref="PoolExhaustedException"/>. Default
    /// <see cref="Unlimited"/>; 0 or more. With 0 only idle connections are leased.
    /// </summary>
    public int MaxWaiters { get; set; } = Unlimited;

    /// <summary>
    /// Sheds waiters under lasting overload: when even the shortest wait of a whole <see cref="QueueInterval"/> was above this,
    /// those who have waited for more than twice as long fail with <see cref="PoolExhaustedException"/> until it is better.
    /// Default <see cref="Timeout.InfiniteTimeSpan"/>, off; 1 ms to 1 day. CoDel (K. Nichols, V. Jacobson, 2012), as in DBConnection.
    /// </summary>
    public TimeSpan QueueTarget { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long overload must last before waiters are shed. Default 1 s; 1 ms to 1 day. Without <see cref="QueueTarget"/> of no effect.</summary>
    public TimeSpan QueueInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What an acquire does when every connection is leased. Default <see cref="WhenExhausted.Wait"/>.</summary>
    public WhenExhausted WhenExhausted { get; set; } = WhenExhausted.Wait;

    /// <summary>
    /// How long one open may take: name, socket, TLS and login together. Default 5 s; 1 ms to 1 day, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many opens may be under way at once. Default 4; 1 to 1,000. While the endpoint is failing it is one.</summary>
    public int MaxConcurrentConnects { get; set; } = 4;

    /// <summary>
    /// The time between two opens that nobody waits for: to the minimum size, or by a warm-up. Default
    /// <see cref="TimeSpan.Zero"/>, as fast as <see cref="MaxConcurrentConnects"/> allows; up to 1 day.
    /// </summary>
    public TimeSpan FillStagger { get; set; } = TimeSpan.Zero;

    /// <summary>The waits between failed opens: one schedule per endpoint, not per connection. Default 100 ms to 30 s, full jitter.</summary>
    public BackoffOptions ReconnectBackoff { get; set; } = new();

    /// <summary>
    /// An endpoint that has been failing for longer than this is unavailable: acquires fail at once with the last error,
    /// while attempts go on. A time in which nobody wanted a connection, so that none was tried, does not count. Default 15 s;
    /// <see cref="TimeSpan.Zero"/> at the first failure, <see cref="Timeout.InfiniteTimeSpan"/> never.
    /// </summary>
    public TimeSpan UnavailableAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// A connection above <see cref="MinSize"/> that was idle for longer is closed. Default 5 min;
    /// <see cref="TimeSpan.Zero"/> closes on return, <see cref="Timeout.InfiniteTimeSpan"/> never.
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// With <see cref="IdleOrder.Fifo"/> connections take turns, so that none is idle for long however many there are too
    /// many: the idle ones are counted this often, and after each <see cref="IdleTimeout"/> as many are closed as were idle
    /// half of the time (the median of the samples, as Npgsql prunes). Default 10 s; 1 ms to 1 day, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> for no pruning. With <see cref="IdleOrder.Lifo"/> of no effect.
    /// </summary>
    public TimeSpan PruneInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A connection that was opened longer ago is closed when it is idle, returned or about to be handed out; a lease is
    /// never cut. Default 30 min; <see cref="TimeSpan.Zero"/> closes on return, <see cref="Timeout.InfiniteTimeSpan"/> never.
    /// </summary>
    public TimeSpan MaxLifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// The share of <see cref="MaxLifetime"/> by which each connection's own lifetime is shortened at random, so that
    /// connections opened together do not end together. Default 0.1; 0 to 0.9.
    /// </summary>
    public double LifetimeJitter { get; set; } = 0.1;

    /// <summary>
    /// How often an idle connection is probed, if its connector has a probe. Default 60 s; 1 ms to 1 day, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> for no probes. Probes are spread over the interval and never delay an acquire
    /// that another connection can serve.
    /// </summary>
    public TimeSpan KeepaliveInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a probe may take. Default 5 s; 1 ms to 1 day, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan KeepaliveTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether a network fault on one connection has the idle ones to the same address (<see cref="OpenContext.Address"/>)
    /// checked before they are handed out again: probed, or, if the connector has no probe, looked at. Default true.
    /// </summary>
    public bool SiblingProbation { get; set; } = true;

    /// <summary>
    /// A connection that was idle for longer is looked at (<see cref="IConnector{TConnection}.IsReusable"/>) before it is
    /// handed out. Default 1 s; <see cref="TimeSpan.Zero"/> looks always, <see cref="Timeout.InfiniteTimeSpan"/> never.
    /// Skipping the look for a connection that was in use a moment ago is HikariCP's alive-bypass window.
    /// </summary>
    public TimeSpan ValidateAfterIdle { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a reset on return may take. Default 5 s; 1 ms to 1 day, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan ResetTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A lease that lasts longer is revoked: it ends, its connection is closed, and its holder is named in a warning.
    /// Default <see cref="Timeout.InfiniteTimeSpan"/>, never; 1 ms to 366 days.
    /// </summary>
    public TimeSpan LeaseTimeout { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// Whether a lease that was garbage-collected without having been returned is found: its connection is closed, its slot
    /// freed, its holder named in a warning. Default <see cref="LeakDetection.Off"/>; a watched lease costs an object with a finalizer.
    /// </summary>
    public LeakDetection LeakDetection { get; set; } = LeakDetection.Off;

    /// <summary>
    /// A lease that lasts longer is reported once in a warning, with its holder and, with <see cref="CaptureStacks"/>, where it
    /// was acquired; and again when it is returned after all. Default <see cref="Timeout.InfiniteTimeSpan"/>, never; 1 ms to 366 days.
    /// </summary>
    public TimeSpan LeakWarningAfter { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>Whether every lease keeps the stack that acquired it, for warnings, errors and snapshots. Default false: it costs microseconds and kilobytes per lease.</summary>
    public bool CaptureStacks { get; set; }

    /// <summary>
    /// How many leases one connection may have at once. Default 1; up to 10,000, for connections that multiplex. Above 1 a new
    /// lease goes to the connection with the fewest, and another connection is opened when all are full.
    /// </summary>
    public int MaxLeasesPerConnection { get; set; } = 1;

    /// <summary>Which idle connection is handed out next. Default <see cref="IdleOrder.Lifo"/>.</summary>
    public IdleOrder Order { get; set; } = IdleOrder.Lifo;

    /// <summary>How long the pool waits for one connection to close before it goes on without it. Default 2 s; 1 ms to 1 day.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a drain waits for leases to come back before it closes their connections under them. Default 30 s;
    /// <see cref="TimeSpan.Zero"/> does not wait, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a pause lasts that nobody ends. Default 1 min; 1 ms to 366 days, or <see cref="Timeout.InfiniteTimeSpan"/> for ever.
    /// </summary>
    public TimeSpan PauseLimit { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether <see cref="IConnectionPool{TConnection}.UseAsync{TState, TResult}(Func{TConnection, TState, CancellationToken, ValueTask{TResult}}, TState, CancellationToken)"/>
    /// tries again. Default: no (<see cref="RetryOptions.MaxAttempts"/> is 1).
    /// </summary>
    public RetryOptions Retry { get; set; } = new() { MaxAttempts = 1 };

    /// <summary>What is connected to; connectors find it in <see cref="OpenContext.Endpoint"/>. Default null: the connector knows.</summary>
    public Endpoint? Endpoint { get; set; }

    /// <summary>
    /// Who knows the credentials; connectors find them in <see cref="OpenContext.Credentials"/>. Default null: the connector
    /// needs none, or knows them.
    /// </summary>
    public ICredentialProvider? Credentials { get; set; }

    /// <summary>What limits this pool and others together. Default null: only <see cref="MaxSize"/> does.</summary>
    public IConnectionBudget? Budget { get; set; }

    /// <summary>
    /// What is wrong with the options, in words, each problem beginning with the name of its option; empty if they can be used.
    /// Making a pool checks the same and throws.
    /// </summary>
    public IReadOnlyList<string> FindProblems() => PoolOptionsValidator.FindProblems(this);

    /// <summary>The same options once more, so that a change to either does not reach the other. Providers and budgets are shared.</summary>
    public PoolOptions Copy()
    {
        var copy = (PoolOptions)MemberwiseClone();
        copy.ReconnectBackoff = ReconnectBackoff?.Copy()!;
        copy.Retry = Retry?.Copy()!;
        return copy;
    }
}
