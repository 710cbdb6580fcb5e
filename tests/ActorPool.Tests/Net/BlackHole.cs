using System.Net;
using System.Net.Sockets;

namespace ActorPool.Tests.Net;

/// <summary>A loopback address that swallows connects: a listener that never accepts, whose queue is full.</summary>
sealed class BlackHole : IDisposable
{
    readonly List<Socket> _sockets = [];

    public static BlackHole At(IPAddress address, int port)
    {
        var hole = new BlackHole();
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        hole._sockets.Add(listener);
        listener.Bind(new IPEndPoint(address, port));
        listener.Listen(0);
        for (var i = 0; i < 8; i++)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            hole._sockets.Add(filler);
            try
            {
                filler.Connect(listener.LocalEndPoint!);
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // on its way, or swallowed already
            }
        }

        return hole;
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());
}
