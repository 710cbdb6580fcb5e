using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ActorPool.Http.Tests.Support;

/// <summary>A server that says what the test wants, byte for byte; every connection runs the same script from its beginning.</summary>
sealed class RawServer : IAsyncDisposable
{
    readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly Func<RawConnection, Task> _script;
    readonly ConcurrentQueue<RawConnection> _connections = new();
    readonly ConcurrentQueue<Exception> _failures = new();
    readonly Task _accepting;

    public RawServer(Func<RawConnection, Task> script)
    {
        _script = script;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>How many connections there have been.</summary>
    public int Accepted => _connections.Count;

    public IReadOnlyCollection<RawConnection> Connections => _connections;

    /// <summary>Every request of every connection, in order of arrival per connection.</summary>
    public IReadOnlyList<RawRequest> Requests => [.. _connections.SelectMany(connection => connection.Requests)];

    /// <summary>A server that answers every request of a connection in the same way.</summary>
    public static RawServer Answering(string answer) => new(async connection =>
    {
        while (await connection.ReadRequestAsync() is not null)
        {
            await connection.WriteAsync(answer);
        }
    });

    /// <summary>A server that answers by what is asked.</summary>
    public static RawServer Answering(Func<RawRequest, string> answer) => new(async connection =>
    {
        while (await connection.ReadRequestAsync() is { } request)
        {
            await connection.WriteAsync(answer(request));
        }
    });

    /// <summary>An answer with a body of known length.</summary>
    public static string Ok(string body, string headers = "") =>
        $"HTTP/1.1 200 OK\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        await _accepting;
        Assert.Empty(_failures);
    }

    async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                socket.NoDelay = true;
                var connection = new RawConnection(socket, _connections.Count + 1);
                _connections.Enqueue(connection);
                running.Add(RunAsync(connection));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    async Task RunAsync(RawConnection connection)
    {
        try
        {
            await _script(connection);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            // the client left, or the test ends
        }
        catch (Exception error)
        {
            _failures.Enqueue(error);
        }
        finally
        {
            connection.Dispose();
        }
    }
}
