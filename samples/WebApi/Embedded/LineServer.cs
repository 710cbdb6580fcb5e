using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WebApi.Embedded;

/// <summary>A server on a port of 127.0.0.1 that the system chooses, which answers what it can read.</summary>
abstract class LineServer : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _end = new();
    readonly Task _accepting;

    protected LineServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    /// <summary>Reads one request and answers it; null when the client is gone.</summary>
    protected abstract Task<string?> AnswerAsync(StreamReader requests, CancellationToken cancellationToken);

    async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
                serving.RemoveAll(static task => task.IsCompleted);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            using var requests = new StreamReader(stream, Encoding.ASCII);
            try
            {
                while (await AnswerAsync(requests, _end.Token) is { } answer)
                {
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), _end.Token);
                }
            }
            catch (Exception gone) when (gone is OperationCanceledException or IOException or FormatException)
            {
                // the client has left in its own way, or speaks another language
            }
        }
    }
}
