using System.Net.Sockets;
using System.Threading.Channels;

namespace ActorPool.TestKit.Faults;

/// <summary>
/// One direction of a connection through the proxy. Reading goes ahead of writing, by a bounded number of pieces, so that
/// a delay costs no throughput; and a direction that hangs stops reading, which its sender notices in time.
/// </summary>
sealed class ProxyPump(FaultProxy proxy, ProxiedConnection connection, Socket from, Socket to, bool isToClient)
{
    const int PieceBytes = 16 * 1024;
    const int PiecesAhead = 64;

    static readonly TimeSpan ThrottleStep = TimeSpan.FromMilliseconds(20);

    readonly Channel<Piece> _pieces = Channel.CreateBounded<Piece>(
        new BoundedChannelOptions(PiecesAhead) { SingleReader = true, SingleWriter = true });

    Fault? _counted;
    long _passed;

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(ReadAsync(cancellationToken), WriteAsync(cancellationToken));

    async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new byte[PieceBytes];
            int count;
            do
            {
                count = await from.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
                await _pieces.Writer.WriteAsync(new Piece(buffer[..count], proxy.TimeProvider.GetTimestamp()), cancellationToken).ConfigureAwait(false);
            }
            while (count > 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            connection.Broke(isToClient);
        }
        finally
        {
            if (!isToClient)
            {
                connection.ClientIsGone();
            }

            _pieces.Writer.TryComplete();
        }
    }

    async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var piece in _pieces.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (!await TryPassAsync(piece, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            connection.Broke(!isToClient);
        }
    }

    /// <summary>False once nothing more goes this way.</summary>
    async ValueTask<bool> TryPassAsync(Piece piece, CancellationToken cancellationToken)
    {
        if (connection.HasVanished)
        {
            return !isToClient;
        }

        var fault = proxy.Fault;
        switch (fault.Kind)
        {
            case FaultKind.Delay or FaultKind.Jitter:
                await DelayAsync(piece, fault, cancellationToken).ConfigureAwait(false);
                break;
            case FaultKind.Throttle:
                await ThrottleAsync(piece, fault, cancellationToken).ConfigureAwait(false);
                return !piece.IsEnd;
            case FaultKind.CutAfter when isToClient && !piece.IsEnd:
                return await TryPassBeforeCutAsync(piece, fault, cancellationToken).ConfigureAwait(false);
            case FaultKind.Reset:
                connection.End(EndKind.Reset);
                return false;
            case FaultKind.Finish:
                connection.End(EndKind.Finish);
                return false;
            case FaultKind.Hang:
                await proxy.WhileAsync(fault, cancellationToken).ConfigureAwait(false);
                return await TryPassAsync(piece, cancellationToken).ConfigureAwait(false);
            case FaultKind.HalfOpen:
                connection.Vanish();
                return !isToClient;
            case FaultKind.Garbage when isToClient:
                proxy.Randomise(piece.Bytes);
                break;
        }

        await SendAsync(piece.Bytes, cancellationToken).ConfigureAwait(false);
        return !piece.IsEnd;
    }

    ValueTask DelayAsync(Piece piece, Fault fault, CancellationToken cancellationToken)
    {
        var delay = fault.Kind == FaultKind.Delay ? fault.Time : fault.Time * proxy.Random.NextDouble();
        return proxy.DelayAsync(delay, piece.ReadAt, cancellationToken);
    }

    async ValueTask ThrottleAsync(Piece piece, Fault fault, CancellationToken cancellationToken)
    {
        var step = (int)Math.Clamp(fault.Bytes * ThrottleStep.TotalSeconds, 1, PieceBytes);
        for (var sent = 0; sent < piece.Bytes.Length; sent += step)
        {
            var count = Math.Min(step, piece.Bytes.Length - sent);
            await SendAsync(piece.Bytes.AsMemory(sent, count), cancellationToken).ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromSeconds((double)count / fault.Bytes), proxy.TimeProvider, cancellationToken).ConfigureAwait(false);
        }

        if (piece.IsEnd)
        {
            await SendAsync(piece.Bytes, cancellationToken).ConfigureAwait(false);
        }
    }

    async ValueTask<bool> TryPassBeforeCutAsync(Piece piece, Fault fault, CancellationToken cancellationToken)
    {
        if (!ReferenceEquals(_counted, fault))
        {
            _counted = fault;
            _passed = 0;
        }

        var room = (int)Math.Min(fault.Bytes - _passed, piece.Bytes.Length);
        _passed += room;
        if (room > 0)
        {
            await SendAsync(piece.Bytes.AsMemory(0, room), cancellationToken).ConfigureAwait(false);
        }

        if (_passed < fault.Bytes)
        {
            return true;
        }

        connection.End(EndKind.Reset);
        return false;
    }

    async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (bytes.IsEmpty)
        {
            to.Shutdown(SocketShutdown.Send);
            return;
        }

        while (!bytes.IsEmpty)
        {
            var sent = await to.SendAsync(bytes, cancellationToken).ConfigureAwait(false);
            bytes = bytes[sent..];
        }
    }
}
