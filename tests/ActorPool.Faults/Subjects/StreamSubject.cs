using System.Text;
using ActorPool.Servers;
using ActorPool.TestKit;

namespace ActorPool.Faults.Subjects;

/// <summary>Lines that are echoed, over TCP or TLS.</summary>
sealed class StreamSubject(bool tls) : Subject
{
    const int LineMax = 200;

    readonly EchoServer _server = EchoServer.Start(tls);

    public override string Name => tls ? "TLS" : "TCP";

    public override int Port => _server.Port;

    public override ISession Begin(FaultProxy proxy) => new PoolSession<Stream>(
        ConnectionPool.Create(
            new TcpConnector(proxy.Host, proxy.Port, new TcpConnectorOptions
            {
                Tls = tls ? new TlsOptions { CaCertificates = [TestCertificates.Ca] } : null,
                Handshake = static async (stream, _, token) => await AskAsync(stream, "hello", token),
                Probe = static async (stream, token) => await AskAsync(stream, "probe", token),
            }),
            Options(Name)),
        AskAsync);

    public override ValueTask DisposeAsync() => _server.DisposeAsync();

    public static async ValueTask<string> AskAsync(Stream stream, string question, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(question + "\n"), cancellationToken);
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n')
            {
                return line.ToString();
            }

            if (one[0] is < (byte)' ' or > (byte)'~' || line.Append((char)one[0]).Length > LineMax)
            {
                throw new InvalidDataException("This is no line.");
            }
        }
    }
}
