using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace ActorPool.Tests.Net;

/// <summary>Connects as the test says, one attempt after the other.</summary>
sealed class ScriptedConnects
{
    readonly Channel<Attempt> _attempts = Channel.CreateUnbounded<Attempt>();

    public List<EndPoint> Started { get; } = [];

    public bool RefuseAll { get; set; }

    public Task<Socket> ConnectAsync(EndPoint address, CancellationToken cancellationToken)
    {
        Started.Add(address);
        var attempt = new Attempt(cancellationToken);
        if (RefuseAll)
        {
            attempt.Fail(SocketError.ConnectionRefused);
        }

        _attempts.Writer.TryWrite(attempt);
        return attempt.Result;
    }

    public Task<Attempt> NextAsync() => _attempts.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>An attempt that does not react to its cancellation, as the worst of them.</summary>
    public sealed class Attempt
    {
        readonly TaskCompletionSource<Socket> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        NetworkStream? _peer;

        public Attempt(CancellationToken cancellationToken) => cancellationToken.Register(_cancelled.SetResult);

        public Task<Socket> Result => _result.Task;

        /// <summary>The other end, once it has succeeded.</summary>
        public NetworkStream? Peer => _peer;

        public Task Cancelled => _cancelled.Task;

        public void Fail(SocketError error) => _result.SetException(new SocketException((int)error));

        public async Task<Socket> SucceedAsync()
        {
            using var server = new LoopbackServer();
            var accepting = server.AcceptAsync();
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(server.EndPoint);
            _peer = await accepting;
            _result.SetResult(socket);
            return socket;
        }
    }
}
