using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace ActorPool.Servers;

/// <summary>
/// A server in this process that echoes lines, over TCP or TLS; <c>LOGIN password</c> it answers with <c>OK</c> or <c>NO</c>.
/// </summary>
public sealed class EchoServer : IAsyncDisposable
{
    readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly ConcurrentDictionary<Socket, Task> _connections = new();
    readonly bool _tls;
    readonly string _password;
    readonly Task _accepting;

    EchoServer(bool tls, string password, int port = 0)
    {
        _tls = tls;
        _password = password;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(512);
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <param name="tls">Whether it shows <see cref="TestCertificates.Server"/>.</param>
    /// <param name="password">What it takes for a login.</param>
    public static EchoServer Start(bool tls = false, string password = "") => new(tls, password);

    /// <summary>One at a port where another was.</summary>
    public static EchoServer StartAt(int port) => new(tls: false, password: "", port);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        foreach (var (socket, serving) in _connections.ToArray())
        {
            socket.Dispose();
            await serving;
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
                var served = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _connections[socket] = served.Task;
                _ = ServeAsync(socket, served);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // stopped
        }
    }

    async Task ServeAsync(Socket socket, TaskCompletionSource served)
    {
        try
        {
            await using var stream = await GreetAsync(socket);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            while (await reader.ReadLineAsync() is { } line)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(AnswerTo(line) + "\n"));
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // its client is gone, or speaks something else
        }
        finally
        {
            socket.Dispose();
            _connections.TryRemove(socket, out _);
            served.SetResult();
        }
    }

    async Task<Stream> GreetAsync(Socket socket)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        if (!_tls)
        {
            return stream;
        }

        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = TestCertificates.Server });
        return secure;
    }

    string AnswerTo(string line) => !line.StartsWith("LOGIN ", StringComparison.Ordinal) ? line : line[6..] == _password ? "OK" : "NO";
}
