namespace ActorPool;

/// <summary>
/// How one endpoint's pool behaves. Checked once, when a pool is made: all problems are reported together, none is
/// silently corrected, and later changes to the object do not reach the pool.
/// </summary>
public sealed class PoolOptions
{
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
    /// How long one open may take: name, socket, TLS and login together. Default 5 s; 1 ms to 1 day, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many opens may be under way at once. Default 4; 1 to 1,000. While the endpoint is failing it is one.</summary>
    public int MaxConcurrentConnects { get; set; } = 4;

    /// <summary>The waits between failed opens: one schedule per endpoint, not per connection. Default 100 ms to 30 s, full jitter.</summary>
    public BackoffOptions ReconnectBackoff { get; set; } = new();

    /// <summary>
    /// An endpoint that has been failing for longer than this is unavailable: acquires fail at once with the last error,
    /// while attempts go on. Default 15 s; <see cref="TimeSpan.Zero"/> at the first failure,
    /// <see cref="Timeout.InfiniteTimeSpan"/> never.
    /// </summary>
    public TimeSpan UnavailableAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// A connection above <see cref="MinSize"/> that was idle for longer is closed. Default 5 min;
    /// <see cref="TimeSpan.Zero"/> closes on return, <see cref="Timeout.InfiniteTimeSpan"/> never.
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

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
    /// A connection that was idle for longer is looked at (<see cref="IConnector{TConnection}.IsReusable"/>) before it is
    /// handed out. Default 1 s; <see cref="TimeSpan.Zero"/> looks always, <see cref="Timeout.InfiniteTimeSpan"/> never.
    /// Skipping the look for a connection that was in use a moment ago is HikariCP's alive-bypass window.
    /// </summary>
    public TimeSpan ValidateAfterIdle { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a reset on return may take. Default 5 s; 1 ms to 1 day, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan ResetTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Which idle connection is handed out next. Default <see cref="IdleOrder.Lifo"/>.</summary>
    public IdleOrder Order { get; set; } = IdleOrder.Lifo;

    /// <summary>How long the pool waits for one connection to close before it goes on without it. Default 2 s; 1 ms to 1 day.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a drain waits for leases to come back before it closes their connections under them. Default 30 s;
    /// <see cref="TimeSpan.Zero"/> does not wait, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What is connected to; connectors find it in <see cref="OpenContext.Endpoint"/>. Default null: the connector knows.</summary>
    public Endpoint? Endpoint { get; set; }

    /// <summary>
    /// Who knows the credentials; connectors find them in <see cref="OpenContext.Credentials"/>. Default null: the connector
    /// needs none, or knows them.
    /// </summary>
    public ICredentialProvider? Credentials { get; set; }

    /// <summary>What limits this pool and others together. Default null: only <see cref="MaxSize"/> does.</summary>
    public IConnectionBudget? Budget { get; set; }
}
