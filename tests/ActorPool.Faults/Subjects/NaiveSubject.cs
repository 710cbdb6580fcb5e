using System.Net.Sockets;
using ActorPool.Servers;
using ActorPool.TestKit;

namespace ActorPool.Faults.Subjects;

/// <summary>
/// The control: lines over bare sockets that go back to the pool whatever happened on them, as in many a pool written by hand.
/// It shows that the matrix sees wrong replies where there are some.
/// </summary>
sealed class NaiveSubject : Subject
{
    readonly EchoServer _server = EchoServer.Start();

    public override string Name => "(control)";

    public override int Port => _server.Port;

    public override ISession Begin(FaultProxy proxy) => new PoolSession<NetworkStream>(
        ConnectionPool.Create(
            Connector.Create(
                async (_, token) =>
                {
                    var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                    await socket.ConnectAsync(proxy.Host, proxy.Port, token);
                    return new NetworkStream(socket, ownsSocket: true);
                },
                isFault: static error => error is IOException),
            Options(Name)),
        static (stream, question, token) => StreamSubject.AskAsync(stream, question, token));

    public override ValueTask DisposeAsync() => _server.DisposeAsync();
}
