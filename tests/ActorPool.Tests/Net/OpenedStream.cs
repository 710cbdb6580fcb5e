using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ActorPool.Net;
using ActorPool.Servers;

namespace ActorPool.Tests.Net;

/// <summary>A stream that a connector opened, its other end, and its line to the pool.</summary>
sealed class OpenedStream : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    OpenedStream(TcpConnector connector, PooledStream stream, Stream peer, Socket peerSocket, RecordingLine line)
    {
        Connector = connector;
        Stream = stream;
        Peer = peer;
        PeerSocket = peerSocket;
        Line = line;
    }

    public TcpConnector Connector { get; }

    public PooledStream Stream { get; }

    public Stream Peer { get; }

    public Socket PeerSocket { get; }

    public RecordingLine Line { get; }

    public static async Task<OpenedStream> OpenAsync(bool tls, TcpConnectorOptions? options = null)
    {
        using var server = new LoopbackServer();
        options ??= new TcpConnectorOptions();
        options.Tls ??= tls ? TrustingTls() : null;
        var connector = new TcpConnector("127.0.0.1", server.Port, options);
        var line = new RecordingLine();
        var opening = connector.OpenAsync(line.NewContext(), CancellationToken.None).AsTask();
        var raw = await server.AcceptAsync();
        Stream peer = raw;
        if (tls)
        {
            var secure = new SslStream(raw);
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = TestCertificates.Server }).WaitAsync(Patience);
            peer = secure;
        }

        return new OpenedStream(connector, (PooledStream)await opening.WaitAsync(Patience), peer, raw.Socket, line);
    }

    public static TlsOptions TrustingTls() => new() { CaCertificates = [X509CertificateLoader.LoadCertificate(TestCertificates.Ca.RawData)] };

    /// <summary>A lease as it should be: asks, is answered, reads the answer.</summary>
    public async Task ExchangeAsync(byte what)
    {
        await Stream.WriteAsync(new[] { what });
        Assert.Equal(what, await ReadOneAsync(Peer));
        await Peer.WriteAsync(new[] { (byte)(what + 1) });
        Assert.Equal(what + 1, await ReadOneAsync(Stream));
    }

    /// <summary>The next byte, or -1 at the end.</summary>
    public static async Task<int> ReadOneAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        var buffer = new byte[1];
        return await stream.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(Patience, CancellationToken.None) == 0 ? -1 : buffer[0];
    }

    public async ValueTask DisposeAsync()
    {
        await Connector.CloseAsync(Stream, CloseReason.PoolClosed);
        await Peer.DisposeAsync();
    }
}
