using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;

namespace ActorPool;

/// <summary>
/// How a <see cref="TcpConnector"/> opens its connections. Checked once, when the connector is made; later changes to
/// the object do not reach it.
/// </summary>
public sealed class TcpConnectorOptions
{
    /// <summary>
    /// Whether small writes are sent at once instead of being gathered (Nagle's algorithm off). Default true. Nothing to
    /// a Unix socket.
    /// </summary>
    public bool NoDelay { get; set; } = true;

    /// <summary>
    /// Whether the system probes silent connections (TCP keepalive), which finds a peer that vanished without a word and
    /// keeps firewalls from forgetting an idle connection. Default true. Nothing to a Unix socket.
    /// </summary>
    public bool KeepAlive { get; set; } = true;

    /// <summary>After how much silence the system sends its first probe. Default 60 s; 1 s to 32,767 s, in whole seconds.</summary>
    public TimeSpan KeepAliveTime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How far the system's probes are apart. Default 10 s; 1 s to 32,767 s, in whole seconds.</summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After how many probes without an answer the connection is broken. Default 5; 1 to 127.</summary>
    public int KeepAliveRetryCount { get; set; } = 5;

    /// <summary>The socket's receive buffer in bytes. Null, the default, leaves it to the system; at least 1.</summary>
    public int? ReceiveBufferSize { get; set; }

    /// <summary>The socket's send buffer in bytes. Null, the default, leaves it to the system; at least 1.</summary>
    public int? SendBufferSize { get; set; }

    /// <summary>
    /// When a name has several addresses: how long one may take before the next is tried beside it (RFC 8305). Default
    /// 250 ms; <see cref="TimeSpan.Zero"/> tries all at once, <see cref="Timeout.InfiniteTimeSpan"/> one after the other; at
    /// most a day.
    /// </summary>
    public TimeSpan ConnectionAttemptDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Which of a name's addresses to use: <see cref="AddressFamily.InterNetwork"/>,
    /// <see cref="AddressFamily.InterNetworkV6"/>, or all of them, which is the default
    /// (<see cref="AddressFamily.Unspecified"/>).
    /// </summary>
    public AddressFamily AddressFamily { get; set; } = AddressFamily.Unspecified;

    /// <summary>TLS, and how. Null, the default, for plain TCP.</summary>
    public TlsOptions? Tls { get; set; }

    /// <summary>
    /// For protocols that begin in the clear and go over to TLS when the server has agreed (STARTTLS, a proxy's CONNECT): how
    /// to ask for it. Null, the default: with <see cref="Tls"/> the connection is under TLS from its first byte. Needs
    /// <see cref="Tls"/>.
    /// </summary>
    public StartTlsOptions? StartTls { get; set; }

    /// <summary>
    /// Runs on every new connection before it is pooled, and counts as part of opening it: reads a greeting, logs in.
    /// What it throws fails the open; an <see cref="InvalidCredentialException"/> says that the login was refused
    /// (<see cref="OpenFailureKind.Credentials"/>). It must have read all it asked for when it ends. Null, the default,
    /// for none: then a server that speaks first cannot be pooled.
    /// </summary>
    public Func<Stream, OpenContext, CancellationToken, ValueTask>? Handshake { get; set; }

    /// <summary>
    /// Asks the other end of an idle connection whether it is still there, and reads the answer; what it throws closes
    /// the connection. Null, the default, for no probes: the end of a connection is noticed without.
    /// </summary>
    public Func<Stream, CancellationToken, ValueTask>? Probe { get; set; }

    /// <summary>
    /// Whether an error that a holder met leaves its connection fit for the next one: an error reply that was read to
    /// its end, say. Null, the default: no error does. Must not block; what it throws counts as no. An operation of the
    /// stream itself that failed or was cancelled condemns the connection whatever is said here.
    /// </summary>
    public Func<Exception, bool>? IsHarmless { get; set; }

    /// <summary>Where the connector logs. Null, the default, for nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>A copy that later changes do not reach.</summary>
    internal TcpConnectorOptions Snapshot()
    {
        var copy = (TcpConnectorOptions)MemberwiseClone();
        copy.Tls = Tls?.Snapshot();
        copy.StartTls = StartTls?.Snapshot();
        return copy;
    }

    /// <summary>What is wrong, as far as it can be told without opening anything.</summary>
    /// <param name="overUnixSocket">Whether there is no host whose name could be checked.</param>
    internal IEnumerable<string> Problems(bool overUnixSocket)
    {
        foreach (var (name, value) in new[] { (nameof(KeepAliveTime), KeepAliveTime), (nameof(KeepAliveInterval), KeepAliveInterval) })
        {
            if (value < TimeSpan.FromSeconds(1) || value > TimeSpan.FromSeconds(32_767))
            {
                yield return $"{name} is {value}, possible are 1 s to 32767 s";
            }
        }

        if (KeepAliveRetryCount is < 1 or > 127)
        {
            yield return $"KeepAliveRetryCount is {KeepAliveRetryCount}, possible are 1 to 127";
        }

        foreach (var (name, value) in new[] { (nameof(ReceiveBufferSize), ReceiveBufferSize), (nameof(SendBufferSize), SendBufferSize) })
        {
            if (value < 1)
            {
                yield return $"{name} is {value}, possible are 1 byte and more, or null";
            }
        }

        if (ConnectionAttemptDelay != Timeout.InfiniteTimeSpan && (ConnectionAttemptDelay < TimeSpan.Zero || ConnectionAttemptDelay > TimeSpan.FromDays(1)))
        {
            yield return $"ConnectionAttemptDelay is {ConnectionAttemptDelay}, possible are 0 to 1 day, or infinite";
        }

        if (AddressFamily is not (AddressFamily.Unspecified or AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
        {
            yield return $"AddressFamily is {AddressFamily}, possible are Unspecified, InterNetwork and InterNetworkV6";
        }

        foreach (var problem in (Tls?.Problems(overUnixSocket) ?? []).Concat(StartTls?.Problems() ?? []))
        {
            yield return problem;
        }

        if (StartTls is not null && Tls is null)
        {
            yield return "StartTls is set, and Tls is not, so that there is no TLS to go over to";
        }
    }
}
