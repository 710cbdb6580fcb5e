using System.Globalization;
using ActorPool.Redis.Errors;

namespace ActorPool.Redis.Urls;

/// <summary>
/// Reads redis-py's URLs. Done by hand: a password may hold what cuts a URL in two, and no message may then repeat what was
/// cut off. So a message names what is wrong and tells no part of the URL but the query's options, and those only once it
/// is sure that the query is one.
/// </summary>
static class RedisUrl
{
    const string Encode = "in a user name or password, write '/', '?', '#', '@', ':' and '%' percent-encoded";

    /// <summary>What a URL says, over what stands for the rest.</summary>
    public static RedisPoolOptions Parse(string url, RedisPoolKind kind)
    {
        var options = NewOptions(kind);
        Apply(url, options, kind);
        options.Pool.Name = options.Connection.ToString();
        return options;
    }

    /// <summary>Sets what a URL says; the rest keeps its value, except for user, password and socket: a URL says whom to connect to.</summary>
    public static void Apply(string url, RedisPoolOptions options, RedisPoolKind kind)
    {
        ArgumentNullException.ThrowIfNull(url);
        var colon = url.IndexOf("://", StringComparison.Ordinal);
        var scheme = colon < 0 ? "" : url[..colon].Trim();
        var rest = colon < 0 ? "" : url[(colon + 3)..].TrimEnd();
        var isUnix = Is("unix");
        if (!isUnix && !Is("redis") && !Is("rediss"))
        {
            throw RedisErrors.BadUrl("it must begin with redis://, rediss:// or unix://");
        }

        if (rest.Contains('#', StringComparison.Ordinal))
        {
            throw RedisErrors.BadUrl($"it has a '#' in it ({Encode})");
        }

        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var (address, query) = question < 0 ? (rest, "") : (rest[..question], rest[(question + 1)..]);
        var slash = address.IndexOf('/', StringComparison.Ordinal);
        var (authority, path) = slash < 0 ? (address, "") : (address[..slash], address[slash..]);
        var at = authority.LastIndexOf('@');
        if (query.Contains('@', StringComparison.Ordinal) || (!isUnix && path.Contains('@', StringComparison.Ordinal)))
        {
            throw RedisErrors.BadUrl($"it has an '@' after its host ({Encode})");
        }

        SetUser(at < 0 ? "" : authority[..at], options.Connection);
        if (isUnix)
        {
            SetSocket(authority[(at + 1)..], path, options.Connection);
        }
        else
        {
            options.Connection.UnixSocket = null;
            SetHost(authority[(at + 1)..], options.Connection);
            SetDatabase(path, options.Connection);
            options.Connection.Tcp.Tls = Is("rediss") ? options.Connection.Tcp.Tls ?? new TlsOptions() : null;
        }

        UrlOptions.Apply(query, options, kind);

        bool Is(string name) => string.Equals(scheme, name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Takes the percent-encoding off, once.</summary>
    public static string Decode(string text, bool isQuery = false) =>
        Uri.UnescapeDataString(isQuery ? text.Replace('+', ' ') : text);

    static RedisPoolOptions NewOptions(RedisPoolKind kind) => kind switch
    {
        RedisPoolKind.Blocking => new() { Pool = { MaxSize = 50, AcquireTimeout = TimeSpan.FromSeconds(20) } },
        RedisPoolKind.Throwing => new() { Pool = { MaxSize = 100, WhenExhausted = WhenExhausted.Throw } },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of pool."),
    };

    static void SetUser(string user, RedisOptions options)
    {
        var colon = user.IndexOf(':', StringComparison.Ordinal);
        var (name, password) = colon < 0 ? (user, "") : (user[..colon], user[(colon + 1)..]);
        options.UserName = name.Length > 0 ? Decode(name) : null;
        options.Password = password.Length > 0 ? Decode(password) : null;
    }

    static void SetSocket(string host, string path, RedisOptions options)
    {
        if (host.Length > 0)
        {
            throw RedisErrors.BadUrl($"a Unix socket has no host: write unix:///path, with three slashes ({Encode})");
        }

        options.UnixSocket = path.Length > 1 ? Decode(path) : throw RedisErrors.BadUrl("the path of the Unix socket is missing");
    }

    static void SetHost(string authority, RedisOptions options)
    {
        var bracket = authority.LastIndexOf(']');
        var colon = authority.LastIndexOf(':');
        var hasPort = colon > bracket;
        var host = hasPort ? authority[..colon] : authority;
        if (host is ['[', .., ']'])
        {
            host = host[1..^1];
        }
        else if (host.Contains(':', StringComparison.Ordinal) || bracket >= 0)
        {
            throw RedisErrors.BadUrl($"its host is no name; an IPv6 address stands in brackets ({Encode})");
        }

        if (hasPort)
        {
            options.Port = int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65_535
                ? port
                : throw RedisErrors.BadUrl($"its port is no number from 1 to 65535 ({Encode})");
        }

        if (host.Length > 0)
        {
            options.Host = Decode(host);
        }
    }

    static void SetDatabase(string path, RedisOptions options)
    {
        var database = Decode(path).Trim('/');
        if (database.Length > 0)
        {
            options.Database = int.TryParse(database, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw RedisErrors.BadUrl($"its path is no number of a database (db) ({Encode})");
        }
    }
}
