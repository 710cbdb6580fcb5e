namespace ActorPool.Benchmarks.Scaling;

/// <summary>What a fleet of a certain size weighed and took.</summary>
sealed record Growth(int Connections, double BytesEach, double OpenMs, double DrainMs, long Timers)
{
    public static Growth Measure(int endpoints, int size)
    {
        var fleet = Fleet.Open(endpoints, size);
        var drained = fleet.Drain();
        var connections = endpoints * size;
        return new Growth(
            connections, (double)fleet.Bytes / connections, fleet.OpenTook.TotalMilliseconds, drained.TotalMilliseconds, fleet.Timers);
    }
}
