using System.Net.Security;
using System.Net.Sockets;
using ActorPool.Servers;

namespace ActorPool.Tests.Net;

/// <summary>Connections that are opened as far as their TLS, for protocols that decide by what was negotiated.</summary>
public sealed class TcpTransportTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly RecordingLine _line = new();
    readonly LoopbackServer _server = new();

    [Fact]
    public async Task The_protocols_of_the_options_are_offered_and_the_choice_of_the_server_is_told()
    {
        var connector = NewConnector(new() { Tls = Tls(SslApplicationProtocol.Http2, SslApplicationProtocol.Http11) });
        var serving = _server.AcceptTlsAsync(new() { ApplicationProtocols = [SslApplicationProtocol.Http11] });
        await using var transport = await OpenAsync(connector);
        await using var peer = await serving;
        Assert.Equal(SslApplicationProtocol.Http11, Assert.IsType<SslStream>(transport.Stream).NegotiatedApplicationProtocol);
    }

    [Fact]
    public void An_empty_list_of_protocols_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => NewConnector(new() { Tls = Tls() }));
        Assert.Contains("Tls.ApplicationProtocols is empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_change_of_the_protocols_does_not_reach_the_connector()
    {
        var tls = Tls(SslApplicationProtocol.Http11);
        var connector = NewConnector(new() { Tls = tls });
        tls.ApplicationProtocols!.Insert(0, SslApplicationProtocol.Http2);
        var serving = _server.AcceptTlsAsync(new() { ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] });
        await using var transport = await OpenAsync(connector);
        await using var peer = await serving;
        Assert.Equal(SslApplicationProtocol.Http11, peer.NegotiatedApplicationProtocol);
    }

    [Fact]
    public async Task A_bare_stream_is_not_watched_and_says_when_it_is_disposed()
    {
        var connector = NewConnector(new());
        var accepting = _server.AcceptAsync();
        var transport = await OpenAsync(connector);
        await using var peer = await accepting;
        var closed = 0;
        transport.OnClosed(() => closed++);
        await peer.WriteAsync(new byte[] { 7 });
        Assert.Equal(7, await OpenedStream.ReadOneAsync(transport.Stream));
        Assert.False(_line.Condemned.IsCompleted);
        Assert.Equal(0, closed);

        await transport.Stream.DisposeAsync();
        await transport.DisposeAsync();
        Assert.Equal(1, closed);
        Assert.IsAssignableFrom<NetworkStream>(transport.Stream);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_stream_that_is_pooled_after_all_notices_that_its_peer_has_closed(bool overTls)
    {
        var connector = NewConnector(new() { Tls = overTls ? Tls(SslApplicationProtocol.Http11) : null });
        Task<Stream> serving = overTls ? AcceptTlsAsync() : AcceptAsync();
        var transport = await OpenAsync(connector);
        await using var pooled = transport.ToPooled();
        await using (await serving)
        {
            Assert.True(connector.IsReusable(pooled));
        }

        var reason = await _line.Condemned.WaitAsync(Patience);
        Assert.Contains("closed the connection while nobody used it", reason.Message, StringComparison.Ordinal);
        Assert.False(connector.TryReturn(pooled));

        async Task<Stream> AcceptAsync() => await _server.AcceptAsync();

        async Task<Stream> AcceptTlsAsync() => await _server.AcceptTlsAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_deferred_watch_notices_what_happened_before_it_began(bool overTls)
    {
        var connector = NewConnector(new() { Tls = overTls ? Tls(SslApplicationProtocol.Http11) : null });
        Task<Stream> serving = overTls ? AcceptTlsAsync() : AcceptAsync();
        var transport = await OpenAsync(connector);
        await using var pooled = transport.ToPooled(readsFirst: true);
        var peer = await serving;
        await pooled.WriteAsync("!"u8.ToArray());
        Assert.Equal('!', await OpenedStream.ReadOneAsync(peer));
        await peer.WriteAsync("?"u8.ToArray());
        Assert.Equal('?', await OpenedStream.ReadOneAsync(pooled));
        Assert.True(connector.TryReturn(pooled));
        await peer.DisposeAsync();

        var reason = await _line.Condemned.WaitAsync(Patience);
        Assert.Contains("while nobody used it", reason.Message, StringComparison.Ordinal);

        async Task<Stream> AcceptAsync() => await _server.AcceptAsync();

        async Task<Stream> AcceptTlsAsync() => await _server.AcceptTlsAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_holder_that_reads_first_meets_the_end_of_a_connection_that_was_not_watched(bool overTls)
    {
        var connector = NewConnector(new() { Tls = overTls ? Tls(SslApplicationProtocol.Http11) : null });
        Task<Stream> serving = overTls ? AcceptTlsAsync() : AcceptAsync();
        var transport = await OpenAsync(connector);
        await using var pooled = transport.ToPooled(readsFirst: true);
        var peer = await serving;
        await pooled.WriteAsync("!"u8.ToArray());
        Assert.Equal('!', await OpenedStream.ReadOneAsync(peer));
        await peer.WriteAsync("?"u8.ToArray());
        Assert.Equal('?', await OpenedStream.ReadOneAsync(pooled));
        Assert.True(connector.TryReturn(pooled));
        await peer.DisposeAsync();

        var reading = pooled.ReadAsync(new byte[1]);
        Assert.True(reading.IsCompleted);
        await Record.ExceptionAsync(() => reading.AsTask());
        Assert.False(connector.TryReturn(pooled));

        async Task<Stream> AcceptAsync() => await _server.AcceptAsync();

        async Task<Stream> AcceptTlsAsync() => await _server.AcceptTlsAsync();
    }

    public void Dispose() => _server.Dispose();

    static TlsOptions Tls(params SslApplicationProtocol[] protocols) =>
        new() { CaCertificates = [TestCertificates.Ca], ApplicationProtocols = [.. protocols] };

    TcpConnector NewConnector(TcpConnectorOptions options) => new("127.0.0.1", _server.Port, options);

    Task<TcpTransport> OpenAsync(TcpConnector connector) =>
        connector.OpenTransportAsync(_line.NewContext(), CancellationToken.None).AsTask().WaitAsync(Patience);
}
