using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ActorPool.Tests.Net;

/// <summary>A server on a loopback port that treats every connection as it is told, and knows whether any was left open.</summary>
sealed class TrackingServer : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly ConcurrentQueue<Socket> _accepted = new();
    readonly Task _accepting;

    public TrackingServer(Func<NetworkStream, Task>? treat = null)
    {
        Treat = treat ?? SayNothing;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>What becomes of the connections to come.</summary>
    public Func<NetworkStream, Task> Treat { get; set; }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public int Accepted => _accepted.Count;

    public static Task SayNothing(NetworkStream stream) => Task.CompletedTask;

    /// <summary>Every connection that was ever accepted is read to its end: the other side has closed them all.</summary>
    public async Task AllAreClosedAsync()
    {
        var buffer = new byte[4096];
        foreach (var socket in _accepted)
        {
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                while (await socket.ReceiveAsync(buffer, patience.Token) > 0)
                {
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // reset, or closed by this side
            }
        }
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                socket.NoDelay = true;
                _accepted.Enqueue(socket);
                _ = TreatAsync(socket);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    async Task TreatAsync(Socket socket)
    {
        try
        {
            await Treat(new NetworkStream(socket, ownsSocket: false));
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // the other side has gone
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        foreach (var socket in _accepted)
        {
            socket.Dispose();
        }
    }
}
