using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Pipelining;

/// <summary>
/// Sockets without anything: each worker has one for itself, sends bytes that were made once, and reads just enough of the
/// replies to know where each ends.
/// </summary>
sealed class RawCandidate(ConcurrentQueue<Socket> sockets) : IRedisCandidate
{
    public static async ValueTask<IRedisCandidate> OpenAsync(int port, int size)
    {
        var sockets = new ConcurrentQueue<Socket>();
        for (var i = 0; i < size; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("127.0.0.1", port);
            sockets.Enqueue(socket);
        }

        return new RawCandidate(sockets);
    }

    public async Task WorkAsync(Worker worker, int depth)
    {
        sockets.TryDequeue(out var socket);
        var command = string.Create(CultureInfo.InvariantCulture, $"*2\r\n$3\r\nGET\r\n${RedisScenario.KeyName.Length}\r\n{RedisScenario.KeyName}\r\n");
        var request = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(command, depth)));
        var buffer = new byte[Math.Max(4096, depth * (RedisScenario.ValueLength + 16))];
        while (worker.IsOn)
        {
            await socket!.SendAsync(request);
            for (int received = 0, position = 0, replies = 0; replies < depth;)
            {
                received += await socket.ReceiveAsync(buffer.AsMemory(received));
                while (EndOfReply(buffer.AsSpan(position, received - position)) is > 0 and var length)
                {
                    position += length;
                    replies++;
                }
            }

            worker.Count();
        }

        sockets.Enqueue(socket!);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var socket in sockets)
        {
            socket.Dispose();
        }

        return default;
    }

    /// <summary>The length of the bulk string at the beginning; 0 if it is not whole.</summary>
    static int EndOfReply(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        for (var i = 1; i < bytes.Length; i++)
        {
            if (bytes[i] == '\r')
            {
                RedisScenario.Check(length);
                var end = i + 2 + length + 2;
                return end <= bytes.Length ? end : 0;
            }

            length = (10 * length) + (bytes[i] - '0');
        }

        return 0;
    }
}
