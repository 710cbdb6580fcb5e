using ActorPool.Redis.Urls;

namespace ActorPool.Redis;

/// <summary>A Redis pool's options: whom to connect to and how, and how the pool behaves.</summary>
public sealed class RedisPoolOptions
{
    /// <summary>Which server, and how. Default <c>new()</c>: database 0 of localhost.</summary>
    public RedisOptions Connection { get; set; } = new();

    /// <summary>How the pool behaves. Default <c>new() { Name = "redis" }</c>.</summary>
    public PoolOptions Pool { get; set; } = new() { Name = "redis" };

    /// <summary>What a URL says, with redis-py's options in its query.</summary>
    /// <param name="url"><c>redis://user:password@host:port/db?option=value</c>, <c>rediss://…</c> for TLS, <c>unix:///path?db=0</c>.</param>
    /// <param name="kind">Which of redis-py's pools stands for what the URL does not say.</param>
    /// <exception cref="ArgumentException">The URL makes no sense; the message names the option, and repeats no user or password.</exception>
    public static RedisPoolOptions FromUrl(string url, RedisPoolKind kind = RedisPoolKind.Blocking) => RedisUrl.Parse(url, kind);

    /// <summary>Where it leads, without secrets.</summary>
    public override string ToString() => Connection?.ToString() ?? "";
}
