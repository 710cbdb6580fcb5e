using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorPool.Hosting.Tests.Budgeting;

/// <summary>A server that says OK to everything, and remembers what a client calls itself.</summary>
sealed class NamedRedis : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly TaskCompletionSource<string> _name = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly CancellationTokenSource _end = new();
    readonly Task _serving;

    public NamedRedis()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Task<string> ClientName => _name.Task;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    async Task ServeAsync()
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(_end.Token);
            var stream = client.GetStream();
            var reader = new StreamReader(stream, Encoding.ASCII);
            while (await reader.ReadLineAsync(_end.Token) is { } line)
            {
                var words = new string?[int.Parse(line.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)];
                for (var i = 0; i < words.Length; i++)
                {
                    await reader.ReadLineAsync(_end.Token);
                    words[i] = await reader.ReadLineAsync(_end.Token);
                }

                if (words is [_, "SETNAME", var name])
                {
                    _name.TrySetResult(name!);
                }

                await stream.WriteAsync("+OK\r\n"u8.ToArray(), _end.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SocketException)
        {
            // the test is over
        }
    }
}
