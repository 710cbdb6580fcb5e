using ActorPool.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Connectors;

/// <summary>A connector of the application's own.</summary>
sealed class OwnConnector<TConnection>(Func<IServiceProvider, IConfigurationSection, IConnector<TConnection>> connect) : ConfiguredConnector
    where TConnection : class
{
    public override void Read(PoolEntry entry, ConfigurationProblems problems)
    {
        // what its object may say only the application knows
    }

    public override void Add(PoolsBuilder pools, PoolEntry entry) => pools.AddPool(
        entry.Name,
        (provider, options, runtime) => ConnectionPool.Create(connect(provider, entry.ConnectorSection), options, runtime),
        isConfigured: true);
}
