using ActorPool.Http;

namespace ActorPool.Hosting.Configuration;

/// <summary>How a pool behaves of which nothing is said.</summary>
static class PoolDefaults
{
    /// <summary>New options with a connector's defaults.</summary>
    public static PoolOptions Of(string? connector) => connector switch
    {
        ConnectorNames.Http => new HttpPoolOptions().Pool,
        _ => new PoolOptions(),
    };
}
