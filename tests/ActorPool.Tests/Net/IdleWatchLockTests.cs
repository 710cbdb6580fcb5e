using System.Net;
using System.Net.Sockets;
using ActorPool.Net;

namespace ActorPool.Tests.Net;

/// <summary>The idle watch of a connector's streams has one lock, under which nobody's code runs.</summary>
[Collection(RealThreads.Name)]
public sealed class IdleWatchLockTests
{
    static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task A_reader_that_the_beginning_watch_wakes_may_wait_for_the_return_of_another_stream()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var peer = await listener.AcceptTcpClientAsync();
        var clock = new ManualTimeProvider();
        var watch = new IdleWatch();
        var line = new RecordingLine();
        await using var inner = new AnsweringStream();
        await using var stream = NewStream(inner);
        await using var other = NewStream(new AnsweringStream());
        stream.CompleteOpening();
        Task<bool>? holder = null;
        inner.OnWatch = () => holder = UseAsync();

        await Task.Run(() =>
        {
            // The first look sees the stream returned, the second that it stayed idle: it is watched from then on.
            clock.Advance(Period);
            Assert.Null(holder);
            clock.Advance(Period);
        });

        Assert.NotNull(holder);
        Assert.True(await holder.WaitAsync(OpenedStream.Patience), "the other stream could not be returned");

        // A holder who comes, asks and is answered between the decision to watch the stream and the watch's first read.
        async Task<bool> UseAsync()
        {
            await stream.WriteAsync(new byte[] { 1 }).ConfigureAwait(false);
            await stream.ReadExactlyAsync(new byte[1]).ConfigureAwait(false);
            return Task.Run(other.CompleteOpening).Wait(OpenedStream.Patience / 5);
        }

        PooledStream NewStream(Stream inner) =>
            new(inner, new NetworkStream(client.Client, ownsSocket: false), line.NewContext(clock), "peer", watch);
    }

    /// <summary>Has an answer at once.</summary>
    sealed class AnsweringStream : MemoryStream
    {
        /// <summary>Runs when the watch begins to read.</summary>
        public Action? OnWatch { get; set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.IsEmpty)
            {
                OnWatch?.Invoke();
                return new ValueTask<int>(0);
            }

            buffer.Span[0] = 1;
            return new ValueTask<int>(1);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => default;
    }
}
