using System.Net.Sockets;

namespace ActorPool.Tests.Net;

/// <summary>Alone, since what is counted is what the whole process allocates.</summary>
[Collection(nameof(RunsAlone))]
public class StreamAllocationTests
{
#if DEBUG
    const bool IsDebugBuild = true;
#else
    const bool IsDebugBuild = false;
#endif

    [Fact]
    public async Task A_lease_that_waits_for_a_reply_allocates_no_more_than_the_bare_socket_stream()
    {
        using var server = new LoopbackServer();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(server.EndPoint);
        await using var bare = new NetworkStream(client);
        await using var barePeer = await server.AcceptAsync();
        await using var opened = await OpenedStream.OpenAsync(tls: false);

        var without = await BytesPerLeaseAsync(bare, barePeer, static () => true);
        var with = await BytesPerLeaseAsync(opened.Stream, opened.Peer, () => opened.Connector.TryReturn(opened.Stream));

        // a debug build makes an object of every async method's state
        Assert.InRange(with, 0, without + (IsDebugBuild ? 400 : 16));
    }

    static async Task<long> BytesPerLeaseAsync(Stream stream, Stream peer, Func<bool> release)
    {
        const int Leases = 2_000;
        var request = new byte[1];
        var reply = new byte[1];
        long before = 0;
        for (var lease = -Leases; lease < Leases; lease++)
        {
            if (lease == 0)
            {
                before = GC.GetTotalAllocatedBytes(precise: true);
            }

            await stream.WriteAsync(request);
            await peer.ReadExactlyAsync(request);
            var read = stream.ReadAsync(reply);
            await peer.WriteAsync(request);
            Assert.Equal(1, await read);
            Assert.True(release());
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / Leases;
    }
}
