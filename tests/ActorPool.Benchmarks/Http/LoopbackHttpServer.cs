using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorPool.Benchmarks.Http;

/// <summary>
/// The least that is a server: whatever is asked, the same answer, as soon as the request's headers have come. What is
/// measured is the client then, as far as one process can have it.
/// </summary>
sealed class LoopbackHttpServer : IAsyncDisposable
{
    public const int BodyLength = 100;

    static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        $"HTTP/1.1 200 OK\r\nServer: loopback\r\nContent-Type: text/plain\r\nContent-Length: {BodyLength}\r\n\r\n{new string('x', BodyLength)}");

    static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly List<Socket> _connections = [];
    readonly Task _accepting;

    public LoopbackHttpServer()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/hundred");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        await _accepting;
    }

    async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptAsync();
                connection.NoDelay = true;
                _connections.Add(connection);
                serving.Add(ServeAsync(connection));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    static async Task ServeAsync(Socket connection)
    {
        var buffer = new byte[4096];
        var filled = 0;
        try
        {
            while (await connection.ReceiveAsync(buffer.AsMemory(filled)) is > 0 and var read)
            {
                filled += read;
                if (buffer.AsSpan(0, filled).EndsWith(HeadEnd))
                {
                    filled = 0;
                    await connection.SendAsync(Answer);
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // the client has left, or the benchmark is over
        }
    }
}
