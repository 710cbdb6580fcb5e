namespace ClusterSample;

/// <summary>What the pools keep: it knows of nothing but that it is there. A real one is what its connector opens.</summary>
sealed class Connection : IDisposable
{
    static int s_open;
    static int s_most;

    public Connection()
    {
        var now = Interlocked.Increment(ref s_open);
        int most;
        while (now > (most = Volatile.Read(in s_most)) && Interlocked.CompareExchange(ref s_most, now, most) != most)
        {
            // Somebody else has said so.
        }
    }

    /// <summary>How many there are on all nodes.</summary>
    public static int Open => Volatile.Read(in s_open);

    /// <summary>The most that there have been at a time.</summary>
    public static int Most => Volatile.Read(in s_most);

    public void Dispose() => Interlocked.Decrement(ref s_open);
}
