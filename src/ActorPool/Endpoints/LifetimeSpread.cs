namespace ActorPool.Endpoints;

/// <summary>
/// Gives each connection a lifetime of its own, shortened by up to a share, so that connections that opened together do not
/// end together. Consecutive lifetimes are spread evenly over the share rather than drawn: n of them lie about a n-th of it
/// apart, where random ones clump.
/// </summary>
/// <remarks>Multiples of the golden ratio, modulo one: Fibonacci hashing (Knuth, <i>TAOCP</i> 3, 6.4).</remarks>
sealed class LifetimeSpread(double start)
{
    const double GoldenRatio = 0.618_033_988_749_894_9;

    double _position = start;

    /// <summary>The lifetime of the next connection, in milliseconds.</summary>
    public long Next(long lifetimeMs, double jitter)
    {
        _position = (_position + GoldenRatio) % 1;
        return lifetimeMs == Options.PoolSettings.Never ? lifetimeMs : (long)(lifetimeMs * (1 - (jitter * _position)));
    }
}
