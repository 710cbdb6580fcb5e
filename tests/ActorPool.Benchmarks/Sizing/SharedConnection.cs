namespace ActorPool.Benchmarks.Sizing;

/// <summary>The one connection that all slots share, so that what is weighed is the pool alone.</summary>
sealed class SharedConnection
{
    static readonly SharedConnection Only = new();

    /// <summary>A connector of it, with or without a probe: keepalive gives every connection a timer.</summary>
    public static IConnector<SharedConnection> Connector(bool probes) => global::ActorPool.Connector.Create(
        open: static (_, _) => new ValueTask<SharedConnection>(Only),
        probe: probes ? static (_, _) => default : null);
}
