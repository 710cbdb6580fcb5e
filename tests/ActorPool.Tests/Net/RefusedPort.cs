using System.Net;
using System.Net.Sockets;

namespace ActorPool.Tests.Net;

/// <summary>A loopback port that refuses connects and that nobody else gets meanwhile: bound, but not listening.</summary>
sealed class RefusedPort : IDisposable
{
    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public RefusedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public void Dispose() => _socket.Dispose();
}
