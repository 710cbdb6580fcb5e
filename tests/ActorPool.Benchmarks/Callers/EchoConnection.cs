using System.Net;
using System.Net.Sockets;
using ActorPool.Benchmarks.Loopback;

namespace ActorPool.Benchmarks.Callers;

/// <summary>A connection to <see cref="LoopbackEcho"/>.</summary>
sealed class EchoConnection : IDisposable
{
    /// <summary>How long a request is, and its answer: about a small query and its row.</summary>
    public const int Length = 100;

    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] _request = new byte[Length];
    readonly byte[] _answer = new byte[Length];

    EchoConnection()
    {
    }

    public static async Task<EchoConnection> OpenAsync(EndPoint address, CancellationToken cancellationToken = default)
    {
        var connection = new EchoConnection();
        await connection._socket.ConnectAsync(address, cancellationToken);
        return connection;
    }

    public static Task<EchoConnection[]> OpenManyAsync(EndPoint address, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => OpenAsync(address)));

    /// <summary>Sends a request. Not an async method, and nor is <see cref="ReceiveAsync"/>: what is counted is what the candidates allocate.</summary>
    public ValueTask<int> SendAsync() => _socket.SendAsync(_request.AsMemory());

    /// <summary>Receives its answer, which comes in one piece.</summary>
    public ValueTask<int> ReceiveAsync() => _socket.ReceiveAsync(_answer.AsMemory());

    /// <summary>Whether all of an answer has come.</summary>
    public static void Check(int received)
    {
        if (received != Length)
        {
            throw new InvalidDataException($"An answer has {received} bytes.");
        }
    }

    public void Dispose() => _socket.Dispose();
}
