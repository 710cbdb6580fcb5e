using System.Collections.Concurrent;
using System.Diagnostics;
using ActorPool.Benchmarks.Loopback;
using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Callers;

/// <summary>Requests on connections from a bag, behind a semaphore.</summary>
sealed class SemaphoreRequests(EchoConnection[] connections) : IRequests
{
    readonly SemaphoreSlim _free = new(connections.Length, connections.Length);
    readonly ConcurrentBag<EchoConnection> _bag = [.. connections];

    public static async ValueTask<IRequests> OpenAsync(LoopbackEcho server, int size) =>
        new SemaphoreRequests(await EchoConnection.OpenManyAsync(server.Address, size));

    public async Task WorkAsync(Worker worker)
    {
        while (worker.IsOn)
        {
            var asked = Stopwatch.GetTimestamp();
            await _free.WaitAsync();
            if (!_bag.TryTake(out var connection))
            {
                throw new UnreachableException("the semaphore let in more than there are connections");
            }

            var waited = Stopwatch.GetTimestamp() - asked;
            try
            {
                await connection.SendAsync();
                EchoConnection.Check(await connection.ReceiveAsync());
            }
            finally
            {
                _bag.Add(connection);
                _free.Release();
            }

            worker.Count(waited);
        }
    }

    public ValueTask DisposeAsync()
    {
        Array.ForEach(connections, static connection => connection.Dispose());
        _free.Dispose();
        return default;
    }
}
