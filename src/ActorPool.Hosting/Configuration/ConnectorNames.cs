namespace ActorPool.Hosting.Configuration;

/// <summary>The connectors that are there from the start, by what their objects are called in a pool's.</summary>
static class ConnectorNames
{
    public const string Tcp = "tcp";

    public const string Redis = "redis";

    public const string Database = "database";

    public const string Http = "http";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Tcp, Redis, Database, Http];
}
