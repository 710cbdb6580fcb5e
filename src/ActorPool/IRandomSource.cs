namespace ActorPool;

/// <summary>Where randomness comes from: backoff, lifetimes, the spread of keepalive probes.</summary>
public interface IRandomSource
{
    /// <summary>A number of at least 0 and below 1. Called from any thread.</summary>
    double NextDouble();
}
