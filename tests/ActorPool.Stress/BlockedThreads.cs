using System.Diagnostics;

namespace ActorPool.Stress;

/// <summary>
/// Thread-pool threads that block on a pool whose opens need thread-pool threads. A wait that the thread pool does not
/// notice gets a new thread every half second or slower; one that it notices, many.
/// </summary>
static class BlockedThreads
{
    const int Threads = 48;

    // Unnoticed, 48 threads come one every half second at best; noticed, two every quarter of one.
    static readonly TimeSpan LimitMax = TimeSpan.FromSeconds(15);

    public static int Run()
    {
        var pool = ConnectionPool.Create(
            Connector.Create<object>(static async (_, _) =>
            {
                await Task.Yield();
                return new object();
            }),
            new PoolOptions
            {
                MaxSize = Threads,
                MaxConcurrentConnects = Threads,
                AcquireTimeout = TimeSpan.FromSeconds(60),
                ConnectTimeout = TimeSpan.FromSeconds(60),
            });
        var watch = Stopwatch.StartNew();

        var acquires = Enumerable.Range(0, Threads).Select(_ => Task.Run(() => pool.Acquire())).ToArray();
        Task.WaitAll(acquires);

        Console.WriteLine($"{Threads} blocked threads were served after {watch.Elapsed.TotalSeconds:0.0} s");
        if (watch.Elapsed > LimitMax)
        {
            Console.WriteLine("broken: the thread pool did not notice that its threads were blocked");
            return 1;
        }

        return acquires.Select(acquire => acquire.Result.ConnectionId).Distinct().Count() == Threads ? 0 : 1;
    }
}
