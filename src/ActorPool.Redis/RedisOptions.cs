using ActorPool.Redis.Errors;

namespace ActorPool.Redis;

/// <summary>
/// Which Redis server to connect to, and how. Checked once, when a <see cref="RedisConnector"/> is made; later changes to
/// the object do not reach it. One server: replies that send elsewhere (<c>MOVED</c>, <c>ASK</c>) are errors like others.
/// </summary>
public sealed class RedisOptions
{
    /// <summary>A name or an address. Default <c>localhost</c>.</summary>
    public string Host { get; set; } = "localhost";

    /// <summary>The port, from 1 to 65535. Default 6379.</summary>
    public int Port { get; set; } = 6379;

    /// <summary>The path of a Unix socket, in place of <see cref="Host"/> and <see cref="Port"/>. Default null, for TCP.</summary>
    public string? UnixSocket { get; set; }

    /// <summary>The number of the database. Default 0; 0 or more. What the server does not have fails the open as <see cref="OpenFailureKind.Configuration"/>.</summary>
    public int Database { get; set; }

    /// <summary>
    /// The user, for servers with access lists. Default null, for the default user. <see cref="PoolOptions.Credentials"/>
    /// comes before this and <see cref="Password"/>.
    /// </summary>
    public string? UserName { get; set; }

    /// <summary>The password. Default null: no login, unless there is a <see cref="UserName"/>.</summary>
    public string? Password { get; set; }

    /// <summary>The name of the connections in <c>CLIENT LIST</c>; without blanks. Default null, for none.</summary>
    public string? ClientName { get; set; }

    /// <summary>The protocol to speak. Default <see cref="RedisProtocol.Resp2"/>.</summary>
    public RedisProtocol Protocol { get; set; } = RedisProtocol.Resp2;

    /// <summary>
    /// How long a command or a pipeline may take, from its first byte sent to its last byte read; a call may have a limit of
    /// its own. Default 5 s; 1 ms to 1 day, or <see cref="Timeout.InfiniteTimeSpan"/>. The time that a blocking command
    /// asks for is added. What takes longer throws a <see cref="TimeoutException"/> and costs its connection.
    /// </summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many bytes a reply may have, lists and all. Default 512 MiB, as large as Redis's own texts may be; 1 KiB to 1 GiB.
    /// What is larger throws a <see cref="RedisProtocolException"/>. Memory grows with what has arrived, not with what is announced.
    /// </summary>
    public int MaxReplyBytes { get; set; } = 512 * 1024 * 1024;

    /// <summary>How deep lists in lists may go. Default 32; 1 to 512.</summary>
    public int MaxReplyDepth { get; set; } = 32;

    /// <summary>
    /// How to open the socket, TLS included (<see cref="TcpConnectorOptions.Tls"/>). Default <c>new()</c>: plain TCP with
    /// keepalive. Its handshake, probe and rule for harmless errors have to be left alone.
    /// </summary>
    public TcpConnectorOptions Tcp { get; set; } = new();

    /// <summary>Where it leads, without secrets.</summary>
    public override string ToString() =>
        UnixSocket is not null ? $"unix://{UnixSocket}?db={Database}"
        : $"{(Tcp?.Tls is null ? "redis" : "rediss")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}/{Database}";

    /// <summary>The same once more, for another endpoint; <see cref="Tcp"/> is shared.</summary>
    internal RedisOptions Copy() => (RedisOptions)MemberwiseClone();

    /// <exception cref="ArgumentException">Lists all problems, each by the name of its option.</exception>
    internal void Validate()
    {
        var problems = Problems().ToList();
        if (problems.Count > 0)
        {
            throw RedisErrors.BadOptions(nameof(RedisOptions), problems);
        }
    }

    /// <summary>What is wrong, each by the name of its option; that of <see cref="Tcp"/> is its own to tell.</summary>
    internal IEnumerable<string> Problems()
    {
        if (UnixSocket is null ? string.IsNullOrWhiteSpace(Host) : string.IsNullOrWhiteSpace(UnixSocket))
        {
            yield return UnixSocket is null ? "Host is empty" : "UnixSocket is empty, use null for TCP";
        }

        if (Port is < 1 or > 65_535)
        {
            yield return $"Port is {Port}, must be 1 to 65535";
        }

        if (Database < 0)
        {
            yield return $"Database is {Database}, must be 0 or more";
        }

        if (ClientName is not null && (ClientName.Length == 0 || ClientName.Any(static letter => letter is < '!' or > '~')))
        {
            yield return "ClientName is empty or has blanks or letters beyond ASCII, use null for none";
        }

        if (!Enum.IsDefined(Protocol))
        {
            yield return $"Protocol is {(int)Protocol}, must be 2 or 3";
        }

        if (CommandTimeout != Timeout.InfiniteTimeSpan && (CommandTimeout < TimeSpan.FromMilliseconds(1) || CommandTimeout > TimeSpan.FromDays(1)))
        {
            yield return $"CommandTimeout is {CommandTimeout}, must be 1 ms to 1 day, or infinite";
        }

        if (MaxReplyBytes is < 1024 or > 1024 * 1024 * 1024)
        {
            yield return $"MaxReplyBytes is {MaxReplyBytes}, must be 1 KiB to 1 GiB";
        }

        if (MaxReplyDepth is < 1 or > 512)
        {
            yield return $"MaxReplyDepth is {MaxReplyDepth}, must be 1 to 512";
        }

        if (Tcp is null)
        {
            yield return "Tcp is null";
        }
        else if (Tcp.Handshake is not null || Tcp.Probe is not null || Tcp.IsHarmless is not null)
        {
            yield return "Tcp.Handshake, Tcp.Probe and Tcp.IsHarmless are Redis's own and cannot be set";
        }
    }
}
