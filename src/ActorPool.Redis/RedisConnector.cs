using System.Collections.Concurrent;
using System.Net.Sockets;
using ActorPool.Redis.Connections;
using ActorPool.Redis.Errors;

namespace ActorPool.Redis;

/// <summary>
/// Opens Redis connections: over TCP, TLS or a Unix socket (<see cref="TcpConnector"/>), logged in, named and with their
/// database chosen.
/// </summary>
/// <remarks>
/// A server that still loads its data, or has no room for another client, is waited for, as one that is not there. A
/// refused login (<c>WRONGPASS</c>, <c>NOAUTH</c>, <c>NOPERM</c>), a database that does not exist, and an untrusted
/// certificate fail the acquires at once.
/// </remarks>
public sealed class RedisConnector : IConnector<RedisConnection>
{
    readonly RedisSettings _settings;
    readonly TcpConnector _tcp;

    // what a handshake has made, for the open that it is part of
    readonly ConcurrentDictionary<OpenContext, RedisConnection> _opening = new();

    /// <summary>A connector to one server.</summary>
    /// <param name="options">Which, and how.</param>
    /// <exception cref="ArgumentException">Options are out of range or contradict each other: all problems are listed.</exception>
    public RedisConnector(RedisOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var tcp = WithHandshake(options.Tcp);
        _tcp = options.UnixSocket is { } path ? TcpConnector.ForUnixSocket(path, tcp) : new TcpConnector(options.Host, options.Port, tcp);
        _settings = new RedisSettings(options, _tcp.ToString());
    }

    /// <inheritdoc/>
    public ConnectorSteps Steps => ConnectorSteps.All;

    /// <inheritdoc/>
    public async ValueTask<RedisConnection> OpenAsync(OpenContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await _tcp.OpenAsync(context, cancellationToken).ConfigureAwait(false);
            return _opening[context];
        }
        finally
        {
            _opening.TryRemove(context, out _);
        }
    }

    /// <inheritdoc/>
    public async ValueTask ProbeAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await connection.ProbeAsync(cancellationToken).ConfigureAwait(false);
        if (!TryReturn(connection))
        {
            throw RedisErrors.UnfitAfter(_settings.Endpoint, "probe");
        }
    }

    /// <summary>Clears what the last holder left behind: an open transaction, watched keys, another database, another name.</summary>
    /// <param name="connection">A connection whose lease has ended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask ResetAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await connection.ResetAsync(cancellationToken).ConfigureAwait(false);
        if (!TryReturn(connection))
        {
            throw RedisErrors.UnfitAfter(_settings.Endpoint, "reset");
        }
    }

    /// <inheritdoc/>
    public ValueTask CloseAsync(RedisConnection connection, CloseReason reason)
    {
        ArgumentNullException.ThrowIfNull(connection);
        connection.Retire();
        return _tcp.CloseAsync(connection.Stream, reason);
    }

    /// <summary>
    /// Whether an error that a holder met condemns its connection: lost connections, timeouts and broken protocol do, and
    /// error replies that say that the server is not what it was (<c>LOADING</c>, <c>READONLY</c>, <c>MASTERDOWN</c>,
    /// <c>NOAUTH</c>). Other error replies were read to their end; and errors of the holder's own do not concern the
    /// connection, which knows by itself whether something is pending on it.
    /// </summary>
    /// <param name="error">What the holder's operation threw.</param>
    public bool IsFault(Exception error) => error switch
    {
        RedisErrorException refused => refused.Condemns,
        IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <inheritdoc/>
    public bool IsReusable(RedisConnection connection) => connection is { IsOpen: true } && _tcp.IsReusable(connection.Stream);

    /// <inheritdoc/>
    public bool TryReturn(RedisConnection connection) => connection is not null && connection.TryReturn() && _tcp.TryReturn(connection.Stream);

    /// <inheritdoc/>
    public bool NeedsReset(RedisConnection connection) => connection is { NeedsReset: true };

    /// <inheritdoc/>
    public OpenFailureKind Classify(Exception error) => error is RedisErrorException refused ? KindOf(refused) : _tcp.Classify(error);

    /// <summary>What the connections lead to: <c>host:port</c> or the path of a Unix socket.</summary>
    public override string ToString() => _settings.Endpoint;

    static OpenFailureKind KindOf(RedisErrorException error)
    {
        return error.Code switch
        {
            "WRONGPASS" or "NOAUTH" or "NOPERM" => OpenFailureKind.Credentials,
            "NOPROTO" or "DENIED" => OpenFailureKind.Configuration,
            "ERR" when Says("password") => OpenFailureKind.Credentials,
            "ERR" when Says("DB index") || Says("unknown command") => OpenFailureKind.Configuration,
            _ => OpenFailureKind.Transient,
        };

        bool Says(string words) => error.Message.Contains(words, StringComparison.OrdinalIgnoreCase);
    }

    TcpConnectorOptions WithHandshake(TcpConnectorOptions options) => new()
    {
        NoDelay = options.NoDelay,
        KeepAlive = options.KeepAlive,
        KeepAliveTime = options.KeepAliveTime,
        KeepAliveInterval = options.KeepAliveInterval,
        KeepAliveRetryCount = options.KeepAliveRetryCount,
        ReceiveBufferSize = options.ReceiveBufferSize,
        SendBufferSize = options.SendBufferSize,
        ConnectionAttemptDelay = options.ConnectionAttemptDelay,
        AddressFamily = options.AddressFamily,
        Tls = options.Tls,
        StartTls = options.StartTls,
        LoggerFactory = options.LoggerFactory,
        Handshake = HandshakeAsync,
    };

    async ValueTask HandshakeAsync(Stream stream, OpenContext context, CancellationToken cancellationToken)
    {
        var connection = new RedisConnection(stream, context, _settings);
        await connection.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        _opening[context] = connection;
    }
}
