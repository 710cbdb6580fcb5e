using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ActorPool.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorPool;

/// <summary>
/// Opens connections over TCP or a Unix socket, plain or under TLS, as streams that any client protocol can use.
/// </summary>
/// <remarks>
/// <para>
/// A stream of this connector <b>condemns itself</b>: when an operation on it fails, is cancelled, or is still pending
/// when its lease ends, when its holder disposes it, when its peer closes it, and when bytes arrive while nobody uses
/// it. Nobody reads the reply to another's request. What it cannot know is that a holder has asked something and left
/// without the answer: read what you asked for, or mark the lease faulty.
/// </para>
/// <para>
/// The end of an idle connection is noticed without probes, when it happens: one read of zero bytes is pending on it
/// (and nothing else is held for it, neither thread nor buffer). A plain stream is watched so once it has been idle for 20 to
/// 40 ms; one that is used all the time is looked at before its holder's first operation instead.
/// </para>
/// <para>
/// The stream takes one read and one write at a time, like <see cref="SslStream"/>; it is not made for pools with more
/// than one lease per connection.
/// </para>
/// </remarks>
public sealed class TcpConnector : IConnector<Stream>
{
    readonly AddressLookup _lookup;
    readonly string _endpoint;
    readonly TcpConnectorOptions _options;
    readonly TlsClient? _tls;
    readonly ILogger _logger;
    readonly IdleWatch _idleWatch = new();

    /// <summary>A connector to one host; a name with several addresses is connected to by whichever answers first.</summary>
    /// <param name="host">A name or an address; not empty.</param>
    /// <param name="port">The port, from 1 to 65535.</param>
    /// <param name="options">How to connect; null for the defaults.</param>
    /// <exception cref="ArgumentException">An argument or an option is out of its range; the message says which.</exception>
    public TcpConnector(string host, int port, TcpConnectorOptions? options = null)
        : this([HostAndPort(host, port)], options)
    {
    }

    TcpConnector(EndPoint[] endPoints, TcpConnectorOptions? options)
    {
        _options = (options ?? new TcpConnectorOptions()).Snapshot();
        var problems = string.Join("; ", _options.Problems(Array.Exists(endPoints, static endPoint => endPoint is UnixDomainSocketEndPoint)));
        if (problems.Length > 0)
        {
            throw new ArgumentException($"TcpConnectorOptions: {problems}.", nameof(options));
        }

        _endpoint = string.Join(',', endPoints.Select(NetErrors.TextOf));
        _tls = _options.Tls is { } tls ? new TlsClient(tls, _endpoint) : null;
        _logger = _options.LoggerFactory?.CreateLogger<TcpConnector>() ?? (ILogger)NullLogger.Instance;
        _lookup = new AddressLookup(endPoints, _options.AddressFamily, _endpoint);
        Connect = (address, cancellationToken) => SocketOpener.ConnectAsync(address, _options, cancellationToken);
        if (_options.Tls is { DangerouslySkipVerification: true })
        {
            NetLog.VerificationSkipped(_logger, _endpoint);
        }
    }

    /// <summary>Finds the addresses of a name; tests put their own here.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; set; } = Dns.GetHostAddressesAsync;

    /// <summary>Connects to one address; tests put their own here.</summary>
    internal Func<EndPoint, CancellationToken, Task<Socket>> Connect { get; set; }

    /// <summary>A connector to a Unix socket.</summary>
    /// <param name="path">The socket's path; not empty, and short enough for the system (about 100 bytes).</param>
    /// <param name="options">How to connect; null for the defaults. TLS needs a <see cref="TlsOptions.TargetHost"/>.</param>
    /// <exception cref="ArgumentException">An argument or an option is out of its range; the message says which.</exception>
    public static TcpConnector ForUnixSocket(string path, TcpConnectorOptions? options = null)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new ArgumentException("The path of the Unix socket is empty.", nameof(path));
        }

        try
        {
            return new TcpConnector([new UnixDomainSocketEndPoint(path)], options);
        }
        catch (ArgumentOutOfRangeException error) when (error.ParamName == nameof(path))
        {
            throw new ArgumentException($"The path of the Unix socket is too long for this system: {path}", nameof(path), error);
        }
    }

    /// <summary>
    /// A connector to several addresses of one service, tried in their order as if one name had them all: the next when
    /// one fails or does not answer in time, and the first that answers wins.
    /// </summary>
    /// <param name="endPoints">
    /// At least one <see cref="DnsEndPoint"/>, <see cref="IPEndPoint"/> or <see cref="UnixDomainSocketEndPoint"/>. Unless
    /// <see cref="TlsOptions.TargetHost"/> is set, each has to show a certificate for its own host.
    /// </param>
    /// <param name="options">How to connect; null for the defaults.</param>
    /// <exception cref="ArgumentException">An argument or an option is out of its range; the message says which.</exception>
    public static TcpConnector ForEndPoints(IEnumerable<EndPoint> endPoints, TcpConnectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endPoints);
        var copy = endPoints.ToArray();
        if (copy.Length == 0)
        {
            throw new ArgumentException("There is no end point to connect to.", nameof(endPoints));
        }

        foreach (var endPoint in copy)
        {
            _ = endPoint switch
            {
                DnsEndPoint name => HostAndPort(name.Host, name.Port),
                IPEndPoint address => HostAndPort(address.Address.ToString(), address.Port),
                UnixDomainSocketEndPoint => endPoint,
                _ => throw new ArgumentException($"End point {endPoint?.ToString() ?? "null"} is neither a name, an address nor a Unix socket.", nameof(endPoints)),
            };
        }

        return new TcpConnector(copy, options);
    }

    /// <inheritdoc/>
    public ConnectorSteps Steps => ConnectorSteps.Return | ConnectorSteps.Reuse | (_options.Probe is null ? 0 : ConnectorSteps.Probe);

    /// <inheritdoc/>
    public ValueTask<Stream> OpenAsync(OpenContext context, CancellationToken cancellationToken) =>
        OpenAsync(context, PoolAsync, cancellationToken);

    /// <summary>
    /// Opens a connection as far as its TLS, and leaves it to the caller whether to pool it with this connector's help
    /// (<see cref="TcpTransport.ToPooled"/>): for protocols that decide by what was negotiated. Runs no
    /// <see cref="TcpConnectorOptions.Handshake"/>. What it throws is what <see cref="OpenAsync"/> throws.
    /// </summary>
    /// <param name="context">Where and for whom the connection is opened.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<TcpTransport> OpenTransportAsync(OpenContext context, CancellationToken cancellationToken) =>
        OpenAsync(context, static (transport, _, _) => ValueTask.FromResult(transport), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="IOException">The connection is not fit for use after the probe: something is still pending or unread.</exception>
    public async ValueTask ProbeAsync(Stream connection, CancellationToken cancellationToken)
    {
        if (_options.Probe is not { } probe)
        {
            return;
        }

        await probe(connection, cancellationToken).ConfigureAwait(false);
        if (!TryReturn(connection))
        {
            throw NetErrors.UnfitAfterProbe(_endpoint);
        }
    }

    /// <summary>
    /// Closes a connection. One that nothing is known against takes leave first, which over TLS may take up to half a
    /// second; any other is cut off. What is still pending on it fails, and so does every later operation, with an
    /// <see cref="ObjectDisposedException"/>.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="reason">Why; makes no difference.</param>
    public ValueTask CloseAsync(Stream connection, CloseReason reason)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection is PooledStream pooled ? pooled.CloseAsync() : connection.DisposeAsync();
    }

    /// <inheritdoc/>
    public bool IsFault(Exception error)
    {
        try
        {
            return _options.IsHarmless?.Invoke(error) is not true;
        }
        catch (Exception)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public bool IsReusable(Stream connection) => connection is not PooledStream pooled || pooled.IsReusable();

    /// <inheritdoc/>
    public bool TryReturn(Stream connection) => connection is not PooledStream pooled || pooled.TryReturn();

    /// <inheritdoc/>
    public OpenFailureKind Classify(Exception error) => error switch
    {
        null => OpenFailureKind.Transient,
        TlsFailedException failure => failure.Kind,
        InvalidCredentialException => OpenFailureKind.Credentials,
        AuthenticationException => OpenFailureKind.Certificate,
        // under TLS 1.3 our certificate may be refused as late as in the first read
        _ when TlsAlert.Find(error) is { IsAboutCertificate: true } => OpenFailureKind.Certificate,
        _ => OpenFailureKind.Transient,
    };

    /// <summary>
    /// Whether a stream that a connector of this kind has opened is under TLS: what a handshake may ask when TLS is only
    /// <see cref="StartTlsPolicy.Preferred"/>. False for any other stream.
    /// </summary>
    /// <param name="connection">The stream.</param>
    public static bool IsEncrypted(Stream connection) => connection is PooledStream { IsEncrypted: true };

    /// <summary>What the connections lead to: <c>host:port</c> or the path of a Unix socket.</summary>
    public override string ToString() => _endpoint;

    async ValueTask<TOpened> OpenAsync<TOpened>(
        OpenContext context,
        Func<TcpTransport, OpenContext, CancellationToken, ValueTask<TOpened>> complete,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var started = context.TimeProvider.GetTimestamp();
        var phase = "while the name was looked up";
        Socket? socket = null;
        Stream? stream = null;
        try
        {
            var candidates = await _lookup.RunAsync(Resolve, cancellationToken).ConfigureAwait(false);
            phase = "while connecting";
            var race = new AddressRace(_endpoint, candidates, Connect, _options.ConnectionAttemptDelay, context.TimeProvider);
            (var reached, socket, _) = await race.RunAsync(cancellationToken).ConfigureAwait(false);
            context.Address = socket!.RemoteEndPoint?.ToString();
            var transport = _tls is null ? new SocketStream(socket!) : new TlsTransport(socket!);
            stream = transport;
            phase = "while asking for TLS";
            if (_tls is not null && await AgreesOnTlsAsync(transport, context, cancellationToken).ConfigureAwait(false))
            {
                phase = "in the TLS handshake";
                stream = await _tls.AuthenticateAsync(transport, reached.Host, cancellationToken).ConfigureAwait(false);
            }

            phase = "in the handshake of the protocol";
            var opened = await complete(new TcpTransport(stream, transport, context, _endpoint, _idleWatch), context, cancellationToken).ConfigureAwait(false);
            var elapsed = context.TimeProvider.GetElapsedTime(started);
            NetLog.Opened(_logger, _endpoint, context.ConnectionId, context.PoolName, NetErrors.TextOf(reached.Address), elapsed.TotalMilliseconds);
            return opened;
        }
        catch (Exception error)
        {
            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }

            // a peer that is gone already leaves a socket that no stream takes
            socket?.Dispose();
            NetLog.OpenFailed(_logger, error, _endpoint, context.ConnectionId, context.PoolName, phase);
            if (error is OperationCanceledException && cancellationToken.IsCancellationRequested)
            {
                throw NetErrors.GivenUp(_endpoint, phase, error, cancellationToken);
            }

            throw;
        }
    }

    async ValueTask<Stream> PoolAsync(TcpTransport transport, OpenContext context, CancellationToken cancellationToken)
    {
        var pooled = transport.Wrap();
        try
        {
            if (_options.Handshake is { } handshake)
            {
                await handshake(pooled, context, cancellationToken).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            pooled.CompleteOpening();
            return pooled;
        }
        catch
        {
            await pooled.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether TLS is to begin now; a protocol that begins in the clear asks its server.</summary>
    async ValueTask<bool> AgreesOnTlsAsync(NetworkStream transport, OpenContext context, CancellationToken cancellationToken)
    {
        if (_options.StartTls is not { Ask: { } ask } startTls)
        {
            return true;
        }

        if (!await ask(transport, context, cancellationToken).ConfigureAwait(false))
        {
            return startTls.Policy == StartTlsPolicy.Preferred ? false : throw NetErrors.TlsNotBegun(_endpoint);
        }

        return transport.Socket.Available is var injected and > 0 ? throw NetErrors.BytesBeforeTls(_endpoint, injected) : true;
    }

    static DnsEndPoint HostAndPort(string host, int port)
    {
        if (string.IsNullOrWhiteSpace(host))
        {
            throw new ArgumentException("The host is empty.", nameof(host));
        }

        return port is >= 1 and <= 65_535
            ? new DnsEndPoint(host, port)
            : throw new ArgumentOutOfRangeException(nameof(port), $"Port {port} is not between 1 and 65535.");
    }
}
