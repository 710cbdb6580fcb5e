namespace ActorPool.Benchmarks.Sizing;

/// <summary>The one connection that all slots share, so that what is weighed is the pool alone.</summary>
sealed class SharedConnection
{
    static readonly SharedConnection Only = new();

    /// <summary>A connector of it, with or without a probe: keepalive gives every connection a timer.</summary>
    public static IConnector<SharedConnection> Connector(bool probes) => Connector(probes ? static () => default : null);

    /// <summary>A connector of it, with a probe of one's own; null for none.</summary>
    public static IConnector<SharedConnection> Connector(Func<ValueTask>? probe) => global::ActorPool.Connector.Create(
        open: static (_, _) => new ValueTask<SharedConnection>(Only),
        probe: probe is null ? null : (_, _) => probe());
}
