using System.Net.Sockets;

namespace ActorPool.Net;

/// <summary>The plain stream of a connection, which owns its socket and tells when it is disposed.</summary>
class SocketStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    /// <summary>Called once, when the stream is disposed by whoever owns it.</summary>
    public Action? Closed { get; set; }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            var closed = Closed;
            Closed = null;
            closed?.Invoke();
        }
    }
}
