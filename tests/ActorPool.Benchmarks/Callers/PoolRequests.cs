using System.Diagnostics;
using ActorPool.Benchmarks.Candidates;
using ActorPool.Benchmarks.Loopback;
using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Callers;

/// <summary>Requests on leases of ActorPool.</summary>
sealed class PoolRequests(ConnectionPool<EchoConnection> pool) : IRequests
{
    public static async ValueTask<IRequests> OpenAsync(LoopbackEcho server, int size)
    {
        var connector = Connector.Create(
            async (_, cancellationToken) => await EchoConnection.OpenAsync(server.Address, cancellationToken));
        var pool = ConnectionPool.Create(connector, new PoolOptions { MinSize = size, MaxSize = size });
        await Opened.WaitAsync(pool, size);
        return new PoolRequests(pool);
    }

    public async Task WorkAsync(Worker worker)
    {
        while (worker.IsOn)
        {
            var asked = Stopwatch.GetTimestamp();
            long waited;
            using (var lease = await pool.AcquireAsync())
            {
                waited = Stopwatch.GetTimestamp() - asked;
                await lease.Connection.SendAsync();
                EchoConnection.Check(await lease.Connection.ReceiveAsync());
            }

            worker.Count(waited);
        }
    }

    public ValueTask DisposeAsync() => pool.DisposeAsync();
}
