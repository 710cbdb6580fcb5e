using System.Security.Authentication;
using ActorPool.Redis.Errors;

namespace ActorPool.Redis.Urls;

/// <summary>redis-py's options, as they stand in a URL's query, and what they are here.</summary>
static class UrlOptions
{
    static readonly Dictionary<string, Action<RedisPoolOptions, UrlValue>> Known = new(StringComparer.Ordinal)
    {
        ["db"] = static (o, value) => o.Connection.Database = value.Count(0),
        ["username"] = static (o, value) => o.Connection.UserName = value.Text,
        ["password"] = static (o, value) => o.Connection.Password = value.Text,
        ["client_name"] = static (o, value) => o.Connection.ClientName = value.Text,
        ["protocol"] = static (o, value) => o.Connection.Protocol = value.OneOf(("2", RedisProtocol.Resp2), ("3", RedisProtocol.Resp3)),
        ["socket_timeout"] = static (o, value) => o.Connection.CommandTimeout = value.Seconds(mayBeZero: false),
        ["socket_connect_timeout"] = static (o, value) => o.Pool.ConnectTimeout = value.Seconds(mayBeZero: false),
        ["socket_keepalive"] = static (o, value) => o.Connection.Tcp.KeepAlive = value.Flag,
        ["retry_on_timeout"] = static (o, value) => o.Pool.Retry = value.Flag ? RedisPool.OnceOnTimeout : o.Pool.Retry,
        ["health_check_interval"] = static (o, value) =>
            o.Pool.KeepaliveInterval = value.Seconds(mayBeZero: true) is var interval && interval > TimeSpan.Zero ? interval : Timeout.InfiniteTimeSpan,
        ["max_connections"] = static (o, value) => o.Pool.MaxSize = value.Count(1),
        ["timeout"] = static (o, value) => o.Pool.AcquireTimeout = value.Seconds(mayBeZero: true),
        ["ssl_cert_reqs"] = static (o, value) => Tls(o).DangerouslySkipVerification = value.OneOf(("required", false), ("optional", false), ("none", true)),
        ["ssl_check_hostname"] = static (o, value) => Tls(o).CheckHostName = value.Flag,
        ["ssl_ca_certs"] = static (o, value) => Tls(o).CaFile = value.File,
        ["ssl_certfile"] = static (o, value) => Tls(o).ClientCertificateFile = value.File,
        ["ssl_keyfile"] = static (o, value) => Tls(o).ClientKeyFile = value.File,
        ["ssl_password"] = static (o, value) => Tls(o).ClientKeyPassword = value.Text,
        ["ssl_min_version"] = static (o, value) =>
            Tls(o).MinimumVersion = value.OneOf(("TLSv1_2", SslProtocols.Tls12), ("TLSv1_3", SslProtocols.Tls13)),
    };

    /// <summary>Takes over what a query says.</summary>
    public static void Apply(string query, RedisPoolOptions options, RedisPoolKind kind)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = RedisUrl.Decode(equals < 0 ? part : part[..equals], isQuery: true);
            if (!Known.TryGetValue(name, out var apply))
            {
                throw RedisErrors.BadUrl($"the option '{name}' is unknown; known are {string.Join(", ", Known.Keys)}");
            }

            if (!seen.Add(name))
            {
                throw RedisErrors.BadUrl($"the option {name} is given twice");
            }

            if (name.StartsWith("ssl_", StringComparison.Ordinal) && options.Connection.Tcp.Tls is null)
            {
                throw RedisErrors.BadUrl($"the option {name} needs a URL that begins with rediss://");
            }

            if (name == "timeout" && kind == RedisPoolKind.Throwing)
            {
                throw RedisErrors.BadUrl("the option timeout makes no sense where acquires do not wait (RedisPoolKind.Throwing)");
            }

            apply(options, new UrlValue(name, equals < 0 ? "" : RedisUrl.Decode(part[(equals + 1)..], isQuery: true)));
        }

        if ((seen.Contains("ssl_keyfile") || seen.Contains("ssl_password")) && Tls(options).ClientCertificateFile is null)
        {
            throw RedisErrors.BadUrl("ssl_keyfile and ssl_password need an ssl_certfile");
        }
    }

    static TlsOptions Tls(RedisPoolOptions options) => options.Connection.Tcp.Tls!;
}
