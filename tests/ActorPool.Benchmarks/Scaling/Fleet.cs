using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using ActorPool.Benchmarks.Sizing;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>Many endpoints on one runtime, every connection open and idle.</summary>
sealed class Fleet
{
    Fleet(PoolRuntime runtime, ConnectionPool<SharedConnection>[] pools) => (Runtime, Pools) = (runtime, pools);

    public PoolRuntime Runtime { get; }

    public ConnectionPool<SharedConnection>[] Pools { get; }

    /// <summary>How long it took until all connections were open.</summary>
    public TimeSpan OpenTook { get; private set; }

    /// <summary>What the heap has grown by, the connections themselves left out: they are one object for all.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many timers of the system's it has set: each is an entry of a queue that all timers of the process share.</summary>
    public long Timers { get; private set; }

    /// <summary>Opens one.</summary>
    /// <param name="endpoints">How many pools.</param>
    /// <param name="size">How many connections each has.</param>
    /// <param name="connector">What opens and probes them; null for one that does nothing.</param>
    /// <param name="keepalive">How often they are probed; null for the default.</param>
    public static Fleet Open(
        int endpoints, int size, IConnector<SharedConnection>? connector = null, TimeSpan? keepalive = null)
    {
        connector ??= SharedConnection.Connector(probes: true);
        var names = Enumerable.Range(0, endpoints).Select(NameOf).ToArray();
        var fleet = new Fleet(new PoolRuntime(), new ConnectionPool<SharedConnection>[endpoints]);
        var bytes = GC.GetTotalMemory(forceFullCollection: true);
        var timers = Timer.ActiveCount;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < endpoints; i++)
        {
            var options = new PoolOptions { Name = names[i], MinSize = size, MaxSize = size };
            options.KeepaliveInterval = keepalive ?? options.KeepaliveInterval;
            fleet.Pools[i] = ConnectionPool.Create(connector, options, fleet.Runtime);
        }

        fleet.WarmUp(size);
        fleet.OpenTook = Stopwatch.GetElapsedTime(started);
        fleet.Timers = Timer.ActiveCount - timers;
        fleet.Bytes = GC.GetTotalMemory(forceFullCollection: true) - bytes;
        return fleet;
    }

    // Apart, so that no picture of a pool, which a warm-up ends with, is still on the stack when the fleet is weighed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    void WarmUp(int size)
    {
        foreach (var pool in Pools)
        {
            pool.WarmUpAsync(size).GetAwaiter().GetResult();
        }
    }

    /// <summary>The name of an endpoint.</summary>
    public static string NameOf(int endpoint) => string.Create(CultureInfo.InvariantCulture, $"host-{endpoint:00000}");

    /// <summary>Closes every connection of every pool.</summary>
    /// <returns>How long that took.</returns>
    public TimeSpan Drain()
    {
        var started = Stopwatch.GetTimestamp();
        Task.WhenAll(Pools.Select(static pool => pool.DrainAsync())).GetAwaiter().GetResult();
        return Stopwatch.GetElapsedTime(started);
    }
}
