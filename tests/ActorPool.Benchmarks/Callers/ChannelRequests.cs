using System.Diagnostics;
using System.Threading.Channels;
using ActorPool.Benchmarks.Loopback;
using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Callers;

/// <summary>Requests on connections from a channel.</summary>
sealed class ChannelRequests(EchoConnection[] connections, Channel<EchoConnection> channel) : IRequests
{
    public static async ValueTask<IRequests> OpenAsync(LoopbackEcho server, int size)
    {
        var connections = await EchoConnection.OpenManyAsync(server.Address, size);
        var channel = Channel.CreateBounded<EchoConnection>(size);
        foreach (var connection in connections)
        {
            channel.Writer.TryWrite(connection);
        }

        return new ChannelRequests(connections, channel);
    }

    public async Task WorkAsync(Worker worker)
    {
        while (worker.IsOn)
        {
            var asked = Stopwatch.GetTimestamp();
            var connection = await channel.Reader.ReadAsync();
            var waited = Stopwatch.GetTimestamp() - asked;
            try
            {
                await connection.SendAsync();
                EchoConnection.Check(await connection.ReceiveAsync());
            }
            finally
            {
                channel.Writer.TryWrite(connection);
            }

            worker.Count(waited);
        }
    }

    public ValueTask DisposeAsync()
    {
        Array.ForEach(connections, static connection => connection.Dispose());
        return default;
    }
}
