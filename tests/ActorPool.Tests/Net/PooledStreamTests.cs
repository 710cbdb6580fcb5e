using System.Net.Sockets;

namespace ActorPool.Tests.Net;

public class PooledStreamTests
{
    static readonly TimeSpan Patience = OpenedStream.Patience;

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_stream_that_was_used_well_is_returned_and_used_again(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        for (byte lease = 0; lease < 20; lease++)
        {
            await opened.ExchangeAsync(lease);
            Assert.True(opened.Connector.TryReturn(opened.Stream));
            Assert.True(opened.Connector.IsReusable(opened.Stream));
        }

        Assert.False(opened.Line.Condemned.IsCompleted);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Blocking_callers_are_served_too(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        var answer = Task.Run(async () =>
        {
            for (byte lease = 0; lease < 5; lease++)
            {
                var asked = await OpenedStream.ReadOneAsync(opened.Peer);
                await opened.Peer.WriteAsync(new[] { (byte)(asked + 1) });
            }
        });
        for (byte lease = 0; lease < 5; lease++)
        {
            opened.Stream.WriteByte(lease);
            opened.Stream.Flush();
            Assert.Equal(lease + 1, opened.Stream.ReadByte());
            Assert.True(opened.Connector.TryReturn(opened.Stream));
        }

        await answer.WaitAsync(Patience);
        Assert.False(opened.Line.Condemned.IsCompleted);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_cancelled_read_condemns_the_stream(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        using var cancel = new CancellationTokenSource();
        await opened.Stream.WriteAsync(new byte[] { 1 });
        var read = opened.Stream.ReadAsync(new byte[1], cancel.Token).AsTask();
        Assert.False(read.IsCompleted);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(Patience));
        Assert.IsAssignableFrom<OperationCanceledException>(await opened.Line.Condemned.WaitAsync(Patience));
        Assert.False(opened.Connector.TryReturn(opened.Stream));
        Assert.False(opened.Connector.IsReusable(opened.Stream));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_cancelled_read_that_already_waits_on_the_socket_condemns_the_stream(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        await opened.ExchangeAsync(1);
        using var cancel = new CancellationTokenSource();
        var read = opened.Stream.ReadAsync(new byte[1], cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(Patience));
        Assert.False(opened.Connector.TryReturn(opened.Stream));
    }

    [Fact]
    public async Task Whoever_cancels_a_read_is_not_held_up_by_the_reader()
    {
        await using var opened = await OpenedStream.OpenAsync(tls: false);
        using var cancel = new CancellationTokenSource();
        using var gate = new ManualResetEventSlim();
        await opened.Stream.WriteAsync(new byte[] { 1 });
        var reading = ReadAndThenBlockAsync();

        await Task.Run(cancel.Cancel).WaitAsync(Patience);

        gate.Set();
        await reading.WaitAsync(Patience);

        async Task ReadAndThenBlockAsync()
        {
            try
            {
                await opened.Stream.ReadExactlyAsync(new byte[1], cancel.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                gate.Wait(CancellationToken.None);
            }
        }
    }

    [Fact]
    public async Task A_read_with_a_token_that_is_cancelled_already_condemns_the_stream()
    {
        await using var opened = await OpenedStream.OpenAsync(tls: false);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => OpenedStream.ReadOneAsync(opened.Stream, new CancellationToken(true)));
        Assert.False(opened.Connector.TryReturn(opened.Stream));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_late_reply_reaches_nobody(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        using var cancel = new CancellationTokenSource();
        await opened.Stream.WriteAsync(new byte[] { 1 });
        var read = opened.Stream.ReadAsync(new byte[1], cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(Patience));

        // nothing to see at return; the reply comes after it
        var returned = opened.Connector.TryReturn(opened.Stream);
        await opened.Peer.WriteAsync(new byte[] { 2 });

        Assert.False(returned);
        Assert.False(opened.Connector.TryReturn(opened.Stream));
        Assert.False(opened.Connector.IsReusable(opened.Stream));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_write_that_fails_condemns_the_stream(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        using var cancel = new CancellationTokenSource();
        // more than the buffers of both ends hold, and nobody reads
        var write = opened.Stream.WriteAsync(new byte[64 * 1024 * 1024], cancel.Token).AsTask();
        Assert.False(opened.Connector.TryReturn(opened.Stream));

        opened.PeerSocket.LingerState = new LingerOption(true, 0);
        opened.PeerSocket.Dispose();

        await Assert.ThrowsAsync<IOException>(() => write.WaitAsync(Patience));
        Assert.False(opened.Connector.TryReturn(opened.Stream));
    }

    [Fact]
    public async Task A_cancelled_write_condemns_the_stream()
    {
        await using var opened = await OpenedStream.OpenAsync(tls: false);
        using var cancel = new CancellationTokenSource();
        var write = opened.Stream.WriteAsync(new byte[64 * 1024 * 1024], cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write.WaitAsync(Patience));
        Assert.IsAssignableFrom<OperationCanceledException>(await opened.Line.Condemned.WaitAsync(Patience));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_operation_that_is_pending_at_return_condemns_the_stream(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        await opened.Stream.WriteAsync(new byte[] { 1 });
        var read = OpenedStream.ReadOneAsync(opened.Stream);

        Assert.False(opened.Connector.TryReturn(opened.Stream));

        Assert.Contains("1 operation still pending", (await opened.Line.Condemned.WaitAsync(Patience)).Message, StringComparison.Ordinal);
        await opened.Peer.WriteAsync(new byte[] { 2 });
        Assert.Equal(2, await read);
        Assert.False(opened.Connector.TryReturn(opened.Stream));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_reply_that_was_left_unread_at_return_condemns_the_stream(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        await opened.Stream.WriteAsync(new byte[] { 1 });
        await opened.Peer.WriteAsync(new byte[] { 2, 3 });
        Assert.Equal(2, await OpenedStream.ReadOneAsync(opened.Stream));

        Assert.False(opened.Connector.TryReturn(opened.Stream));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_end_of_the_stream_condemns_it(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        await opened.Stream.WriteAsync(new byte[] { 1 });
        opened.PeerSocket.Shutdown(SocketShutdown.Send);

        Assert.Equal(-1, await OpenedStream.ReadOneAsync(opened.Stream));

        Assert.Contains("closed the connection", (await opened.Line.Condemned.WaitAsync(Patience)).Message, StringComparison.Ordinal);
        Assert.False(opened.Connector.TryReturn(opened.Stream));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_reset_is_not_taken_for_an_end(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        await opened.Stream.WriteAsync(new byte[] { 1 });
        var read = OpenedStream.ReadOneAsync(opened.Stream);
        opened.PeerSocket.LingerState = new LingerOption(true, 0);
        opened.PeerSocket.Dispose();

        await Assert.ThrowsAsync<IOException>(() => read);
        Assert.False(opened.Connector.TryReturn(opened.Stream));
    }

    [Fact]
    public async Task A_read_of_no_bytes_is_not_an_end()
    {
        await using var opened = await OpenedStream.OpenAsync(tls: false);
        await opened.Stream.WriteAsync(new byte[] { 1 });
        var read = opened.Stream.ReadAsync(Memory<byte>.Empty).AsTask();
        await opened.Peer.WriteAsync(new byte[] { 2 });
        Assert.Equal(0, await read.WaitAsync(Patience));
        Assert.Equal(2, await OpenedStream.ReadOneAsync(opened.Stream));
        Assert.True(opened.Connector.TryReturn(opened.Stream));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_blocking_read_that_times_out_condemns_the_stream(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        Assert.True(opened.Stream.CanTimeout);
        opened.Stream.ReadTimeout = 20;
        Assert.Equal(20, opened.Stream.ReadTimeout);
        opened.Stream.WriteByte(1);

        var error = await Task.Run(() => Assert.Throws<IOException>(() => opened.Stream.ReadByte())).WaitAsync(Patience);

        Assert.Equal(SocketError.TimedOut, Assert.IsType<SocketException>(error.InnerException).SocketErrorCode);
        Assert.False(opened.Connector.TryReturn(opened.Stream));
    }

    [Fact]
    public async Task A_wrong_argument_condemns_nothing_it_did_not_touch()
    {
        await using var opened = await OpenedStream.OpenAsync(tls: false);
        Assert.Throws<ArgumentOutOfRangeException>(() => opened.Stream.Read(new byte[1], 2, 1));
        Assert.True(opened.Connector.TryReturn(opened.Stream));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_stream_that_its_holder_disposed_serves_nobody(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        await opened.ExchangeAsync(1);
        var pending = OpenedStream.ReadOneAsync(opened.Stream);

        opened.Stream.Dispose();

        Assert.Contains("disposed the stream", (await opened.Line.Condemned.WaitAsync(Patience)).Message, StringComparison.Ordinal);
        Assert.False(opened.Connector.TryReturn(opened.Stream));
        Assert.False(opened.Connector.IsReusable(opened.Stream));
        Assert.Throws<ObjectDisposedException>(() => opened.Stream.WriteByte(1));
        await Assert.ThrowsAnyAsync<Exception>(() => pending);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_closed_stream_refuses_every_operation(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        await opened.Connector.CloseAsync(opened.Stream, CloseReason.IdleTimeout).AsTask().WaitAsync(Patience);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => OpenedStream.ReadOneAsync(opened.Stream));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await opened.Stream.WriteAsync(new byte[1]));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => opened.Stream.FlushAsync());
        Assert.Throws<ObjectDisposedException>(() => opened.Stream.ReadByte());
        Assert.Throws<ObjectDisposedException>(() => opened.Stream.WriteByte(1));
        Assert.Throws<ObjectDisposedException>(() => opened.Stream.Flush());
        Assert.False(opened.Stream.CanRead || opened.Stream.CanWrite);
        Assert.False(opened.Connector.TryReturn(opened.Stream));
        Assert.False(opened.Line.Condemned.IsCompleted, "the pool closed it itself and needs no word of it");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Closing_tells_the_peer(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        await opened.ExchangeAsync(1);
        Assert.True(opened.Connector.TryReturn(opened.Stream));

        await opened.Connector.CloseAsync(opened.Stream, CloseReason.IdleTimeout).AsTask().WaitAsync(Patience);

        // an end, not an error; and over TLS a last record, the goodbye, before it
        await using var raw = new NetworkStream(opened.PeerSocket);
        using var received = new MemoryStream();
        await raw.CopyToAsync(received).WaitAsync(Patience);
        Assert.Equal(tls, received.Length > 0);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Closing_fails_what_is_pending(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        await opened.ExchangeAsync(1);
        var read = OpenedStream.ReadOneAsync(opened.Stream);

        await opened.Connector.CloseAsync(opened.Stream, CloseReason.PoolClosed).AsTask().WaitAsync(Patience);

        await Assert.ThrowsAnyAsync<Exception>(() => read);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Copying_and_the_old_pattern_go_through_the_same_guard(bool tls)
    {
        await using var opened = await OpenedStream.OpenAsync(tls);
        var buffer = new byte[1];
        await Task.Factory.FromAsync(opened.Stream.BeginWrite, opened.Stream.EndWrite, new byte[] { 7 }, 0, 1, null);
        await opened.Peer.WriteAsync(new byte[] { 8, 9 });
        Assert.Equal(1, await Task<int>.Factory.FromAsync(opened.Stream.BeginRead, opened.Stream.EndRead, buffer, 0, 1, null));
        opened.PeerSocket.Shutdown(SocketShutdown.Send);
        using var rest = new MemoryStream();

        await opened.Stream.CopyToAsync(rest).WaitAsync(Patience);

        Assert.Equal(new byte[] { 9 }, rest.ToArray());
        Assert.False(opened.Connector.TryReturn(opened.Stream));
    }
}
