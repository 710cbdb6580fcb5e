using System.Net.Sockets;

namespace ActorPool.Tests.Net;

public class IdleWatchTests
{
    static readonly TimeSpan Patience = OpenedStream.Patience;

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_end_of_a_connection_that_was_never_used_is_noticed(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        await opened.Peer.DisposeAsync();
        Assert.Contains("closed the connection while nobody used it", (await opened.Line.Condemned.WaitAsync(Patience)).Message, StringComparison.Ordinal);
        Assert.False(opened.Connector.IsReusable(opened.Stream));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_end_of_an_idle_connection_is_noticed(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        await opened.ExchangeAsync(1);
        Assert.True(opened.Connector.TryReturn(opened.Stream));
        await opened.Peer.DisposeAsync();
        Assert.Contains("closed the connection while nobody used it", (await opened.Line.Condemned.WaitAsync(Patience)).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_reset_of_an_idle_connection_is_noticed(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        await opened.ExchangeAsync(1);
        Assert.True(opened.Connector.TryReturn(opened.Stream));
        opened.PeerSocket.LingerState = new LingerOption(true, 0);
        opened.PeerSocket.Dispose();
        Assert.Contains("while nobody used it", (await opened.Line.Condemned.WaitAsync(Patience)).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Bytes_that_nobody_asked_for_condemn_an_idle_connection(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        await opened.ExchangeAsync(1);
        Assert.True(opened.Connector.TryReturn(opened.Stream));

        await opened.Peer.WriteAsync(new byte[] { 42 });

        Assert.Contains("sent bytes while nobody used", (await opened.Line.Condemned.WaitAsync(Patience)).Message, StringComparison.Ordinal);
        Assert.False(opened.Connector.IsReusable(opened.Stream));
        // it may be on its way to a holder already: that one must not see them
        var error = await Assert.ThrowsAsync<IOException>(async () => await opened.Stream.WriteAsync(new byte[] { 1 }));
        Assert.Contains("Nothing was sent", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(() => OpenedStream.ReadOneAsync(opened.Stream));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_reply_that_a_holder_did_not_wait_for_condemns_the_connection_when_it_comes(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        await opened.Stream.WriteAsync(new byte[] { 1 });
        // there was no read, and nothing has come: nothing to see yet
        Assert.True(opened.Connector.TryReturn(opened.Stream));
        await opened.Peer.WriteAsync(new byte[] { 2 });
        await opened.Line.Condemned.WaitAsync(Patience);
        Assert.False(opened.Connector.TryReturn(opened.Stream));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Bytes_that_came_before_the_first_operation_are_never_read_by_it(bool tls)
    {
        // the peer's bytes are in our socket when its send returns: no matter how far the watch has got by then, the
        // next holder's operation has to be refused
        for (var round = 0; round < 200; round++)
        {
            await using var opened = await OpenedStream.OpenAsync(tls);
            await opened.ExchangeAsync(1);
            Assert.True(opened.Connector.TryReturn(opened.Stream));

            opened.Peer.Write([42]);
            for (var spin = 0; spin < round; spin++)
            {
                Thread.SpinWait(20);
            }

            Assert.Throws<IOException>(() => opened.Stream.WriteByte(1));
            Assert.False(opened.Connector.TryReturn(opened.Stream));
            await opened.Line.Condemned.WaitAsync(Patience);
        }
    }

    [Fact]
    public async Task A_peer_that_left_before_the_first_operation_is_found_before_anything_is_sent()
    {
        for (var round = 0; round < 100; round++)
        {
            await using var opened = await OpenedStream.OpenAsync(tls: false);
            opened.PeerSocket.Shutdown(SocketShutdown.Both);
            Assert.Throws<IOException>(() => opened.Stream.WriteByte(1));
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Bytes_that_the_holder_has_read_condemn_nothing_when_the_system_tells_of_them_late(bool tls)
    {
        // the second answer is read where it lies; the event of its arrival may come when the stream is idle again
        await using var opened = await OpenedStream.OpenAsync(tls);
        for (var round = 0; round < 2000; round++)
        {
            await opened.ExchangeAsync(1);
            opened.Peer.Write([42]);
            Assert.Equal(42, opened.Stream.ReadByte());
            Assert.True(opened.Connector.TryReturn(opened.Stream));
        }

        await opened.ExchangeAsync(1);
        Assert.False(opened.Line.Condemned.IsCompleted);
    }

    [Fact]
    public async Task Tls_session_tickets_condemn_nothing()
    {
        await using var opened = await OpenedStream.OpenAsync(tls: true);
        // the server has sent its tickets by now: TLS 1.3, and its handshake is over
        Assert.True(SpinWait.SpinUntil(() => opened.Stream.Socket.Available == 0, Patience));
        Assert.True(opened.Connector.IsReusable(opened.Stream));
        for (byte lease = 0; lease < 5; lease++)
        {
            await opened.ExchangeAsync(lease);
            Assert.True(opened.Connector.TryReturn(opened.Stream));
        }

        Assert.False(opened.Line.Condemned.IsCompleted);
    }

    [Fact]
    public async Task A_lease_without_input_or_output_leaves_the_watch_alone()
    {
        await using var opened = await OpenedStream.OpenAsync(tls: false);
        for (var lease = 0; lease < 1000; lease++)
        {
            Assert.True(opened.Connector.TryReturn(opened.Stream));
        }

        await opened.Peer.DisposeAsync();
        await opened.Line.Condemned.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_reader_that_waits_for_the_watch_is_alone()
    {
        await using var opened = await OpenedStream.OpenAsync(tls: true);
        await opened.Stream.WriteAsync(new byte[] { 1 });
        var first = OpenedStream.ReadOneAsync(opened.Stream);
        await Assert.ThrowsAsync<NotSupportedException>(() => OpenedStream.ReadOneAsync(opened.Stream));
        await opened.Peer.WriteAsync(new byte[] { 2 });
        Assert.Equal(2, await first);
        Assert.False(opened.Connector.TryReturn(opened.Stream));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_watch_carries_nobodys_execution_context(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        await opened.ExchangeAsync(1);
        var local = new AsyncLocal<string?>();
        string? seen = null;
        opened.Line.OnCondemn = () => seen = local.Value;
        local.Value = "the releaser's";
        Assert.True(opened.Connector.TryReturn(opened.Stream));
        local.Value = null;

        await opened.Peer.DisposeAsync();

        await opened.Line.Condemned.WaitAsync(Patience);
        Assert.Null(seen);
    }
}
