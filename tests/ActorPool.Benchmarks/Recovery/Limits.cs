namespace ActorPool.Benchmarks.Recovery;

/// <summary>What pool, loop and report agree on.</summary>
static class Limits
{
    public const int Connections = 64;

    public const int ConnectsMax = 4;

    public const int LoginMs = 5;

    public const int WorkMs = 20;

    public static TimeSpan FirstWait { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long anything may take before the run is given up.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The pool's defaults, without randomness, and always full.</summary>
    public static PoolOptions Pool(string name, int minSize = Connections) => new()
    {
        Name = name,
        MinSize = minSize,
        MaxSize = Connections,
        MaxConcurrentConnects = ConnectsMax,
        ReconnectBackoff = { Initial = FirstWait, Jitter = false },
    };

    /// <summary>The wait that is under way when a server that has been away for so long comes back.</summary>
    public static TimeSpan StepAt(TimeSpan outage)
    {
        var step = FirstWait;
        for (var end = step; end <= outage; end += step)
        {
            step *= 2;
        }

        return step;
    }
}
