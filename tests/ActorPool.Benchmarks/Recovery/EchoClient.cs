using System.Net;
using System.Net.Sockets;

namespace ActorPool.Benchmarks.Recovery;

/// <summary>What a client says to <see cref="Serving.EchoProtocol"/>.</summary>
static class EchoClient
{
    static readonly byte[] Question = "ping\n"u8.ToArray();

    /// <summary>A question and its answer.</summary>
    public static async ValueTask AskAsync(Stream stream, CancellationToken cancellationToken)
    {
        var answer = new byte[Question.Length];
        await stream.WriteAsync(Question, cancellationToken);
        await stream.ReadExactlyAsync(answer, cancellationToken);
    }

    /// <summary>A connection without any pool, logged in if it shall be.</summary>
    public static async Task<Stream> OpenAsync(int port, bool logsIn, ConnectGauge gauge, CancellationToken cancellationToken)
    {
        gauge.Begin();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (logsIn)
            {
                await AskAsync(stream, cancellationToken);
            }

            return stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        finally
        {
            gauge.End();
        }
    }
}
