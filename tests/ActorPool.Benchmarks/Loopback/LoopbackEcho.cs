using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ActorPool.Benchmarks.Loopback;

/// <summary>The least that is a server: sends back every byte that it gets, over loopback, from this process.</summary>
sealed class LoopbackEcho : IAsyncDisposable
{
    readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly ConcurrentDictionary<Socket, Task> _connections = new();
    readonly int _bufferLength;
    readonly Task _accepting;

    /// <param name="bufferLength">What it holds for each connection: as much as is sent at a time.</param>
    public LoopbackEcho(int bufferLength)
    {
        _bufferLength = bufferLength;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        _accepting = AcceptAsync();
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>Takes no more connections, and ends those there are.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Select(static connection =>
        {
            connection.Key.Dispose();
            return connection.Value;
        }));
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                socket.NoDelay = true;
                _connections[socket] = ServeAsync(socket);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // stopped
        }
    }

    async Task ServeAsync(Socket socket)
    {
        var bytes = new byte[_bufferLength];
        try
        {
            while (await socket.ReceiveAsync(bytes) is > 0 and var count)
            {
                await socket.SendAsync(bytes.AsMemory(0, count));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // its client is gone, or we are stopped
        }
        finally
        {
            _connections.TryRemove(socket, out _);
            socket.Dispose();
        }
    }
}
