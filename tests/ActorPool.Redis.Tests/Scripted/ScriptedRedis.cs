using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorPool.Redis.Tests.Scripted;

/// <summary>A server that says what a test wants it to, in place of Redis: what a real one does too seldom, or never.</summary>
sealed class ScriptedRedis : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly List<TcpClient> _clients = [];
    readonly Func<string[], string> _answer;
    readonly Task _accepting;

    /// <param name="answer">What to say to a command, as bytes of Latin-1; nothing for no answer.</param>
    public ScriptedRedis(Func<string[], string> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Commands that came, each as one text.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Commands { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        lock (_clients)
        {
            _clients.ForEach(client => client.Dispose());
        }

        await _accepting;
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                lock (_clients)
                {
                    _clients.Add(client);
                }

                client.NoDelay = true;
                _ = ServeAsync(client);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            while (await reader.ReadLineAsync() is { } head)
            {
                var command = new string[int.Parse(head.AsSpan(1), CultureInfo.InvariantCulture)];
                for (var i = 0; i < command.Length; i++)
                {
                    await reader.ReadLineAsync();
                    command[i] = (await reader.ReadLineAsync())!;
                }

                Commands.Enqueue(string.Join(' ', command));
                await stream.WriteAsync(Encoding.Latin1.GetBytes(_answer(command)));
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }
}
