using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace ActorPool.Net;

/// <summary>
/// The plain stream below a TLS stream, which tells whether TLS is at work on what it has received. TLS asks for nothing
/// (a read of zero bytes) until something comes, takes it, and asks for nothing again once it has digested it.
/// </summary>
sealed class TlsTransport(Socket socket) : SocketStream(socket)
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
            return BytesAsync(cancellationToken);
        }

        // a TLS that never waits without a buffer cannot be read like this
        _taking = _asked;
        return base.ReadAsync(buffer, cancellationToken);
    }

    /// <summary>
    /// Ends when there is something to read, or the end. On Unix a pending read of zero bytes ends with the next event of
    /// its socket, without a look: with the arrival, told late, of bytes that were read already. TLS would wait in a read
    /// with a buffer then, as if it were at work on something.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<int> BytesAsync(CancellationToken cancellationToken)
    {
        do
        {
            await base.ReadAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
        }
        while (!Socket.Poll(TimeSpan.Zero, SelectMode.SelectRead));
        return 0;
    }
}
