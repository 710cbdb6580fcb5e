namespace ActorPool;

/// <summary>An open has succeeded after others had failed.</summary>
public sealed record EndpointRecovered : PoolEvent
{
    internal EndpointRecovered(string poolName)
        : base(poolName)
    {
    }
}
