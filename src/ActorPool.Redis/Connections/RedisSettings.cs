using ActorPool.Redis.Protocol;

namespace ActorPool.Redis.Connections;

/// <summary>A connector's options, checked and out of reach of later changes.</summary>
sealed class RedisSettings(RedisOptions options, string endpoint)
{
    /// <summary>What the connections lead to, without secrets.</summary>
    public string Endpoint { get; } = endpoint;

    public int Database { get; } = options.Database;

    public string? UserName { get; } = options.UserName;

    public string? Password { get; } = options.Password;

    public string? ClientName { get; } = options.ClientName;

    public RedisProtocol Protocol { get; } = options.Protocol;

    public TimeSpan CommandTimeout { get; } = options.CommandTimeout;

    public RespLimits Limits { get; } = new(options.MaxReplyBytes, options.MaxReplyDepth);

    /// <summary>A limit for what may wait on purpose for so long.</summary>
    public TimeSpan TimeFor(TimeSpan blocking) =>
        blocking == TimeSpan.Zero || CommandTimeout == Timeout.InfiniteTimeSpan ? CommandTimeout
        : blocking == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan
        : CommandTimeout + blocking;

    /// <summary>A call's own limit.</summary>
    public static TimeSpan? CheckTimeout(TimeSpan timeout, string name) =>
        timeout > TimeSpan.Zero || timeout == Timeout.InfiniteTimeSpan
            ? timeout
            : throw new ArgumentOutOfRangeException(name, timeout, "The timeout must be more than zero, or infinite.");
}
