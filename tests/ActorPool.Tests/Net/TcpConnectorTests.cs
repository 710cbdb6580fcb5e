using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using ActorPool.Servers;
using Microsoft.Extensions.Logging;

namespace ActorPool.Tests.Net;

public class TcpConnectorTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly RecordingLine _line = new();

    [Fact]
    public async Task It_connects()
    {
        using var server = new LoopbackServer();
        var connector = new TcpConnector("localhost", server.Port);
        await using var stream = await OpenAsync(connector);
        await using var peer = await server.AcceptAsync();
        await stream.WriteAsync(new byte[] { 5 });
        Assert.Equal(5, await OpenedStream.ReadOneAsync(peer));
        Assert.Equal($"localhost:{server.Port}", connector.ToString());
        Assert.Equal(ConnectorSteps.Return | ConnectorSteps.Reuse, connector.Steps);
    }

    [Fact]
    public async Task It_connects_to_a_unix_socket()
    {
        var path = Path.Combine(Path.GetTempPath(), $"actorpool-{Guid.NewGuid():N}.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        try
        {
            var connector = TcpConnector.ForUnixSocket(path);
            await using var stream = await OpenAsync(connector);
            using var peer = await listener.AcceptAsync();
            await stream.WriteAsync(new byte[] { 5 });
            Assert.Equal(1, await peer.ReceiveAsync(new byte[1]));
            Assert.True(connector.TryReturn(stream));
            Assert.True(connector.IsReusable(stream));
            peer.Dispose();
            await _line.Condemned.WaitAsync(Patience);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_refused_port_is_told_and_may_pass()
    {
        using var refused = new RefusedPort();
        var connector = new TcpConnector("127.0.0.1", refused.EndPoint.Port);
        var error = await Assert.ThrowsAsync<SocketException>(() => OpenAsync(connector));
        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
        Assert.Contains($"127.0.0.1:{refused.EndPoint.Port} Connection refused", error.Message, StringComparison.Ordinal);
        Assert.Equal(OpenFailureKind.Transient, connector.Classify(error));
    }

    [Fact]
    public async Task An_unknown_host_is_named_and_may_pass()
    {
        var connector = new TcpConnector("nowhere.invalid", 1)
        {
            Resolve = (_, _) => throw new SocketException((int)SocketError.HostNotFound),
        };
        var error = await Assert.ThrowsAsync<SocketException>(() => OpenAsync(connector));
        Assert.Equal(SocketError.HostNotFound, error.SocketErrorCode);
        Assert.Contains("Could not resolve nowhere.invalid", error.Message, StringComparison.Ordinal);
        Assert.Equal(OpenFailureKind.Transient, connector.Classify(error));
    }

    [Fact]
    public async Task A_resolver_that_does_not_answer_is_given_up()
    {
        using var cancel = new CancellationTokenSource();
        var connector = new TcpConnector("slow.invalid", 1) { Resolve = (_, _) => new TaskCompletionSource<IPAddress[]>().Task };
        var opening = connector.OpenAsync(_line.NewContext(), cancel.Token).AsTask();
        await cancel.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WaitAsync(Patience, CancellationToken.None));
        Assert.Contains("while the name was looked up", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_gets_the_options()
    {
        await using var opened = await OpenedStream.OpenAsync(tls: false, new TcpConnectorOptions
        {
            KeepAliveTime = TimeSpan.FromSeconds(21),
            KeepAliveInterval = TimeSpan.FromSeconds(7),
            KeepAliveRetryCount = 3,
            ReceiveBufferSize = 16 * 1024,
            SendBufferSize = 24 * 1024,
        });
        var socket = opened.Stream.Socket;
        Assert.True(socket.NoDelay);
        Assert.Equal(1, socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.Equal(21, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.Equal(7, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
        Assert.Equal(3, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount));
        Assert.InRange(socket.ReceiveBufferSize, 16 * 1024, 32 * 1024);
        Assert.InRange(socket.SendBufferSize, 24 * 1024, 48 * 1024);
    }

    [Fact]
    public async Task Options_can_be_off()
    {
        await using var opened = await OpenedStream.OpenAsync(tls: false, new TcpConnectorOptions { NoDelay = false, KeepAlive = false });
        Assert.False(opened.Stream.Socket.NoDelay);
        Assert.Equal(0, opened.Stream.Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
    }

    [Fact]
    public async Task The_handshake_hears_a_server_that_speaks_first_and_counts_as_opening()
    {
        using var server = new LoopbackServer();
        var connector = new TcpConnector("127.0.0.1", server.Port, new TcpConnectorOptions
        {
            Handshake = static async (stream, context, cancellationToken) =>
            {
                var greeting = new byte[2];
                await stream.ReadExactlyAsync(greeting, cancellationToken);
                await stream.WriteAsync(greeting, cancellationToken);
            },
        });
        var opening = OpenAsync(connector);
        await using var peer = await server.AcceptAsync();
        await peer.WriteAsync("hi"u8.ToArray());
        await peer.ReadExactlyAsync(new byte[2]);
        await using var stream = await opening.WaitAsync(Patience);
        Assert.False(_line.Condemned.IsCompleted);
        Assert.True(connector.TryReturn(stream));
    }

    [Fact]
    public async Task A_server_that_speaks_first_to_nobody_is_explained()
    {
        using var server = new LoopbackServer();
        var greeted = new TaskCompletionSource();
        var connector = new TcpConnector("127.0.0.1", server.Port, new TcpConnectorOptions
        {
            Handshake = async (stream, context, cancellationToken) => await greeted.Task,
        });
        var opening = OpenAsync(connector);
        await using var peer = await server.AcceptAsync();
        await peer.WriteAsync(new byte[] { 1 });
        greeted.SetResult();
        var error = await Assert.ThrowsAsync<IOException>(() => opening.WaitAsync(Patience));
        Assert.Contains("TcpConnectorOptions.Handshake", error.Message, StringComparison.Ordinal);
        Assert.False(_line.Condemned.IsCompleted, "the pool does not know this connection");
    }

    [Fact]
    public async Task A_handshake_that_leaves_something_pending_fails_the_open()
    {
        using var server = new LoopbackServer();
        var connector = new TcpConnector("127.0.0.1", server.Port, new TcpConnectorOptions
        {
            Handshake = static (stream, context, cancellationToken) =>
            {
                _ = OpenedStream.ReadOneAsync(stream, CancellationToken.None).ContinueWith(read => read.Exception, TaskScheduler.Default);
                return default;
            },
        });
        var error = await Assert.ThrowsAsync<IOException>(() => OpenAsync(connector));
        Assert.Contains("1 operation still pending", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(InvalidCredentialException), OpenFailureKind.Credentials)]
    [InlineData(typeof(AuthenticationException), OpenFailureKind.Certificate)]
    [InlineData(typeof(IOException), OpenFailureKind.Transient)]
    [InlineData(typeof(TimeoutException), OpenFailureKind.Transient)]
    public async Task A_handshake_that_fails_closes_the_socket(Type type, OpenFailureKind kind)
    {
        using var server = new LoopbackServer();
        var connector = new TcpConnector("127.0.0.1", server.Port, new TcpConnectorOptions
        {
            Handshake = (stream, context, cancellationToken) => throw (Exception)Activator.CreateInstance(type)!,
        });
        var opening = OpenAsync(connector);
        await using var peer = await server.AcceptAsync();
        var error = await Record.ExceptionAsync(() => opening);
        Assert.IsType(type, error);
        Assert.Equal(kind, connector.Classify(error));
        Assert.Equal(-1, await OpenedStream.ReadOneAsync(peer));
    }

    [Fact]
    public async Task A_handshake_that_is_given_up_closes_the_socket()
    {
        using var server = new LoopbackServer();
        using var cancel = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var connector = new TcpConnector("127.0.0.1", server.Port, new TcpConnectorOptions
        {
            Handshake = async (stream, context, cancellationToken) =>
            {
                started.SetResult();
                await stream.ReadExactlyAsync(new byte[1], cancellationToken);
            },
        });
        var opening = connector.OpenAsync(_line.NewContext(), cancel.Token).AsTask();
        await using var peer = await server.AcceptAsync();
        await started.Task.WaitAsync(Patience, CancellationToken.None);
        await cancel.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WaitAsync(Patience, CancellationToken.None));
        Assert.Contains("in the handshake of the protocol", error.Message, StringComparison.Ordinal);
        Assert.Equal(-1, await OpenedStream.ReadOneAsync(peer));
        Assert.False(_line.Condemned.IsCompleted);
    }

    [Fact]
    public async Task A_probe_asks_the_other_end_and_leaves_the_connection_idle()
    {
        await using var opened = await OpenedStream.OpenAsync(tls: false, new TcpConnectorOptions
        {
            Probe = static async (stream, cancellationToken) =>
            {
                await stream.WriteAsync(new byte[] { 1 }, cancellationToken);
                await stream.ReadExactlyAsync(new byte[1], cancellationToken);
            },
        });
        Assert.Equal(ConnectorSteps.Return | ConnectorSteps.Reuse | ConnectorSteps.Probe, opened.Connector.Steps);
        var probing = opened.Connector.ProbeAsync(opened.Stream, CancellationToken.None).AsTask();
        Assert.Equal(1, await OpenedStream.ReadOneAsync(opened.Peer));
        await opened.Peer.WriteAsync(new byte[] { 2 });
        await probing.WaitAsync(Patience);
        Assert.True(opened.Connector.IsReusable(opened.Stream));

        probing = opened.Connector.ProbeAsync(opened.Stream, CancellationToken.None).AsTask();
        await opened.Peer.WriteAsync(new byte[] { 3, 4 });
        await Assert.ThrowsAsync<IOException>(() => probing.WaitAsync(Patience));
        Assert.False(opened.Connector.IsReusable(opened.Stream));
    }

    [Fact]
    public void Every_error_is_a_fault_unless_it_is_declared_harmless()
    {
        Assert.True(new TcpConnector("localhost", 1).IsFault(new InvalidOperationException()));
        var connector = new TcpConnector("localhost", 1, new TcpConnectorOptions { IsHarmless = static error => error is FormatException ? true : throw error });
        Assert.False(connector.IsFault(new FormatException()));
        Assert.True(connector.IsFault(new InvalidOperationException()));
    }

    [Fact]
    public async Task What_is_opened_is_logged_with_the_endpoint_first()
    {
        using var logger = new ListLogger();
        await using var opened = await OpenedStream.OpenAsync(tls: false, new TcpConnectorOptions { LoggerFactory = logger });
        var (level, id, message) = Assert.Single(logger.Entries);
        Assert.Equal((LogLevel.Debug, 401), (level, id.Id));
        Assert.StartsWith($"{opened.Connector}: opened connection 1 of pool pool to 127.0.0.1:", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_are_checked_at_once_and_told_in_one_line()
    {
        Check(() => new TcpConnector(null!, 1), "The host is empty.");
        Check(() => new TcpConnector(" ", 1), "The host is empty.");
        Check(() => new TcpConnector("a", 0), "Port 0 is not between 1 and 65535.");
        Check(() => new TcpConnector("a", 65_536), "Port 65536 is not between 1 and 65535.");
        Check(() => TcpConnector.ForUnixSocket(""), "The path of the Unix socket is empty.");
        Check(() => TcpConnector.ForUnixSocket(new string('x', 300)), "The path of the Unix socket is too long");
        Check(() => TcpConnector.ForEndPoints([]), "There is no end point to connect to.");
        Check(() => TcpConnector.ForEndPoints([new IPEndPoint(IPAddress.Loopback, 0)]), "Port 0 is not between 1 and 65535.");
        Check(() => TcpConnector.ForEndPoints([null!]), "null is neither a name");
        CheckOptions(new() { KeepAliveTime = TimeSpan.FromSeconds(-1) }, "KeepAliveTime is -00:00:01");
        CheckOptions(new() { KeepAliveInterval = TimeSpan.Zero }, "KeepAliveInterval is 00:00:00");
        CheckOptions(new() { KeepAliveRetryCount = 0 }, "KeepAliveRetryCount is 0");
        CheckOptions(new() { ReceiveBufferSize = 0 }, "ReceiveBufferSize is 0");
        CheckOptions(new() { SendBufferSize = -5 }, "SendBufferSize is -5");
        CheckOptions(new() { ConnectionAttemptDelay = TimeSpan.FromSeconds(-3) }, "ConnectionAttemptDelay is -00:00:03");
        CheckOptions(new() { AddressFamily = AddressFamily.Unix }, "AddressFamily is Unix");
        CheckOptions(new() { Tls = new() { CaFile = "" } }, "Tls.CaFile is empty");
        CheckOptions(new() { Tls = new() { CaCertificates = [] } }, "Tls.CaCertificates is empty");
        CheckOptions(new() { Tls = new() { ClientKeyFile = "key.pem" } }, "need a Tls.ClientCertificateFile");
        CheckOptions(new() { Tls = new() { ClientCertificate = TestCertificates.Client, ClientCertificateFile = "x" } }, "exclude each other");
        CheckOptions(new() { Tls = new() { MinimumVersion = SslProtocols.None } }, "Tls.MinimumVersion is None");
        CheckOptions(new() { KeepAliveRetryCount = 0, SendBufferSize = 0 }, "KeepAliveRetryCount is 0, possible are 1 to 127; SendBufferSize is 0");
        Check(() => TcpConnector.ForUnixSocket("x", new() { Tls = new() }), "needs a Tls.TargetHost");
        _ = new TcpConnector("a", 1, new() { ConnectionAttemptDelay = Timeout.InfiniteTimeSpan });
        _ = TcpConnector.ForUnixSocket("x", new() { Tls = new() { TargetHost = "a" } });

        static void CheckOptions(TcpConnectorOptions options, string part) => Check(() => new TcpConnector("a", 1, options), part);

        static void Check(Func<TcpConnector> make, string part)
        {
            var error = Assert.ThrowsAny<ArgumentException>(make);
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public async Task Later_changes_to_the_options_do_not_reach_the_connector()
    {
        var options = new TcpConnectorOptions();
        using var server = new LoopbackServer();
        var connector = new TcpConnector("127.0.0.1", server.Port, options);
        options.Handshake = static (_, _, _) => throw new InvalidOperationException();
        await using var stream = await OpenAsync(connector);
    }

    Task<Stream> OpenAsync(TcpConnector connector) =>
        connector.OpenAsync(_line.NewContext(), CancellationToken.None).AsTask().WaitAsync(Patience);
}
