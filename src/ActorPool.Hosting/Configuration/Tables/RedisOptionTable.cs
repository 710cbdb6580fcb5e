using ActorPool.Hosting.Configuration.Values;
using ActorPool.Redis;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>Which Redis server to connect to, and how.</summary>
static class RedisOptionTable
{
    static readonly ValueKind<RedisProtocol> Protocol = ValueKinds.Words(
        ("resp2", RedisProtocol.Resp2), ("resp3", RedisProtocol.Resp3), ("2", RedisProtocol.Resp2), ("3", RedisProtocol.Resp3));

    public static readonly OptionTable<RedisOptions> Table = new OptionTable<RedisOptions>("redis")
        .Value(nameof(RedisOptions.Host), ValueKinds.Host, static (options, value) => options.Host = value)
        .Value(nameof(RedisOptions.Port), ValueKinds.Port, static (options, value) => options.Port = value)
        .TextOrNull(nameof(RedisOptions.UnixSocket), static (options, value) => options.UnixSocket = value)
        .Count(nameof(RedisOptions.Database), static (options, value) => options.Database = value)
        .TextOrNull(nameof(RedisOptions.UserName), static (options, value) => options.UserName = value)
        .Secret(nameof(RedisOptions.Password), static (options, value) => options.Password = value)
        .TextOrNull(nameof(RedisOptions.ClientName), static (options, value) => options.ClientName = value)
        .Value(nameof(RedisOptions.Protocol), Protocol, static (options, value) => options.Protocol = value)
        .Time(nameof(RedisOptions.CommandTimeout), static (options, value) => options.CommandTimeout = value)
        .Value(nameof(RedisOptions.MaxReplyBytes), ValueKinds.Bytes, static (options, value) => options.MaxReplyBytes = value)
        .Count(nameof(RedisOptions.MaxReplyDepth), static (options, value) => options.MaxReplyDepth = value)
        .Object(nameof(RedisOptions.Tcp), static options => options.Tcp, TcpOptionTable.Table);
}
