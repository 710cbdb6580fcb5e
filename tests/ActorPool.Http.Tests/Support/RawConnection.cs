using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ActorPool.Http.Tests.Support;

/// <summary>One connection of a <see cref="RawServer"/>.</summary>
sealed class RawConnection(Socket socket, int number) : IDisposable
{
    readonly NetworkStream _stream = new(socket, ownsSocket: true);
    readonly ConcurrentQueue<RawRequest> _requests = new();
    readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The how-manieth it is, from 1.</summary>
    public int Number => number;

    public Stream Stream => _stream;

    public IReadOnlyCollection<RawRequest> Requests => _requests;

    /// <summary>Ends when the client has closed the connection, if the server reads at that time.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Ends when the server has closed the connection: over loopback the client's socket knows by then.</summary>
    public Task Closed => _closed.Task;

    /// <summary>The next request with its body; null when the client has closed.</summary>
    public async Task<RawRequest?> ReadRequestAsync()
    {
        if (await ReadHeadAsync() is not { } request)
        {
            return null;
        }

        if (request["content-length"] is { } length)
        {
            var body = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
            await _stream.ReadExactlyAsync(body);
            request = request with { Body = Encoding.UTF8.GetString(body) };
        }

        _requests.Enqueue(request);
        return request;
    }

    /// <summary>The next request up to its body; null when the client has closed.</summary>
    public async Task<RawRequest?> ReadHeadAsync()
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int read;
            try
            {
                read = await _stream.ReadAsync(one);
            }
            catch (IOException)
            {
                read = 0;
            }

            if (read == 0)
            {
                _ended.TrySetResult();
                return null;
            }

            text.Append((char)one[0]);
        }

        var lines = text.ToString().TrimEnd().Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var parts = line.Split(": ", 2);
            headers[parts[0]] = headers.TryGetValue(parts[0], out var earlier) ? $"{earlier}, {parts[1]}" : parts[1];
        }

        return new RawRequest(lines[0], headers, "");
    }

    public Task WriteAsync(string text) => _stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    /// <summary>Cuts the connection off with a reset.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _closed.TrySetResult();
    }
}
