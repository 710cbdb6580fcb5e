using ActorPool.Hosting.Configuration.Values;
using ActorPool.Redis;
using ActorPool.Redis.Urls;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>What a pool's <c>redis { … }</c> may say. Single keys come before the URL.</summary>
static class RedisEntryTable
{
    static readonly ValueKind<string> Url = new(
        "a URL such as rediss://cache.internal:6380/0",
        static (text, out value) =>
        {
            value = text;
            return WhatIsWrong(text) is null;
        },
        WhatIsWrong,
        IsSecret: true);

    public static readonly OptionTable<RedisEntry> Table = new OptionTable<RedisEntry>(ConnectorNames.Redis, PoolOptionTable.Table.Knows)
        .Value(nameof(Url), Url, Connect)
        .With(static entry => entry.Connection, RedisOptionTable.Table)
        .Tls(static entry => entry.Connection.Tcp.Tls, static (entry, value) => entry.Connection.Tcp.Tls = value)
        .Routed(ReplicaOptionTable<RedisConnection>.Table);

    /// <summary>
    /// Sets what the URL of such an object says of the pool, such as <c>?max_connections=50</c>. What is wrong with it is told by
    /// <see cref="Table"/>.
    /// </summary>
    public static void ApplyUrl(IConfigurationSection redis, PoolOptions options)
    {
        if (redis[nameof(Url)]?.Trim() is { } url && WhatIsWrong(url) is null)
        {
            RedisUrl.Apply(url, new RedisPoolOptions { Pool = options }, RedisPoolKind.Blocking);
        }
    }

    static void Connect(RedisEntry entry, string url, OptionReading reading)
    {
        if (url.StartsWith("rediss", StringComparison.OrdinalIgnoreCase))
        {
            entry.Connection.Tcp.Tls ??= TlsOptionTable.Defaults(reading);
        }

        RedisUrl.Apply(url, new RedisPoolOptions { Connection = entry.Connection }, RedisPoolKind.Blocking);
    }

    // RedisUrl's errors repeat no user or password
    static string? WhatIsWrong(string url)
    {
        try
        {
            RedisUrl.Apply(url, new RedisPoolOptions(), RedisPoolKind.Blocking);
            return null;
        }
        catch (ArgumentException error)
        {
            return error.Message
                .Replace("The Redis URL cannot be used: ", "", StringComparison.Ordinal)
                .Replace($". (Parameter '{error.ParamName}')", "", StringComparison.Ordinal);
        }
    }
}
