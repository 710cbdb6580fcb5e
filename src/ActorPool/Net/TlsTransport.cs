using System.Net.Sockets;

namespace ActorPool.Net;

/// <summary>
/// The plain stream below a TLS stream, which tells whether TLS is at work on what it has received. TLS asks for nothing
/// (a read of zero bytes) until something comes, takes it, and asks for nothing again once it has digested it.
/// </summary>
sealed class TlsTransport(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    volatile bool _asked;
    volatile bool _taking;

    /// <summary>
    /// Whether TLS has taken, or is about to take, bytes from the socket and has not come back for more. Read after
    /// <see cref="Socket.Available"/>, since it is set before the bytes leave the socket: one of the two shows them.
    /// </summary>
    public bool IsTaking => _taking;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            _asked = true;
            _taking = false;
        }
        else
        {
            // a TLS that never waits without a buffer cannot be read like this
            _taking = _asked;
        }

        return base.ReadAsync(buffer, cancellationToken);
    }
}
