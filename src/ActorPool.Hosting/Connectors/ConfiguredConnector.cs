using ActorPool.Hosting.Configuration;

namespace ActorPool.Hosting.Connectors;

/// <summary>A connector that a configuration may name.</summary>
abstract class ConfiguredConnector
{
    /// <summary>Looks at an entry's object, and sets what it says of the pool itself, such as its credentials.</summary>
    public abstract void Read(PoolEntry entry, ConfigurationProblems problems);

    /// <summary>Adds the pool of an entry. One with problems is added too: the host does not start with it.</summary>
    public abstract void Add(PoolsBuilder pools, PoolEntry entry);
}
