namespace ActorPool.Hosting.Configuration;

/// <summary>What the object of a connector says that can connect to one endpoint, to replicas, or to many endpoints.</summary>
abstract class RoutedEntry<TConnection>
    where TConnection : class
{
    /// <summary>The members of a replica group; empty if it is none.</summary>
    public IReadOnlyList<Endpoint> Endpoints { get; set; } = [];

    /// <summary>How a replica group chooses among them.</summary>
    public ReplicaGroupOptions<TConnection> Replicas { get; } = new();

    /// <summary>How a directory makes its pools; null if it is none.</summary>
    public PoolDirectoryOptions? Directory { get; set; }
}
