using ActorPool.Benchmarks.Sizing;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>Counts the probes of its connector, which always pass at once.</summary>
sealed class ProbeCounter
{
    long _probes;

    public ProbeCounter() => Connector = SharedConnection.Connector(() =>
    {
        Interlocked.Increment(ref _probes);
        return default;
    });

    public IConnector<SharedConnection> Connector { get; }

    public long Probes => Interlocked.Read(ref _probes);
}
