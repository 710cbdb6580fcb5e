using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using ActorPool.Servers;

namespace ActorPool.Tests.Net;

/// <summary>A listener on a loopback port that the test accepts from by hand.</summary>
sealed class LoopbackServer : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    readonly Socket _listener;

    public LoopbackServer()
    {
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    public int Port => EndPoint.Port;

    public async Task<NetworkStream> AcceptAsync()
    {
        var socket = await _listener.AcceptAsync().WaitAsync(Patience);
        // what is written is in the other end's socket when the write returns
        socket.NoDelay = true;
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async Task<SslStream> AcceptTlsAsync(SslServerAuthenticationOptions? options = null)
    {
        var tls = new SslStream(await AcceptAsync());
        options ??= new SslServerAuthenticationOptions();
        options.ServerCertificate ??= TestCertificates.Server;
        try
        {
            await tls.AuthenticateAsServerAsync(options).WaitAsync(Patience);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    public void Dispose() => _listener.Dispose();
}
