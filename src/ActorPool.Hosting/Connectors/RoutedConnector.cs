using ActorPool.Hosting.Budgeting;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Pools;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Hosting.Connectors;

/// <summary>A connector that can lead to one endpoint, to replicas, or to the endpoints of a directory.</summary>
abstract class RoutedConnector<TEntry, TConnection> : ConfiguredConnector
    where TEntry : RoutedEntry<TConnection>
    where TConnection : class
{
    public sealed override void Read(PoolEntry entry, ConfigurationProblems problems) => ReadEntry(entry, problems);

    public sealed override void Add(PoolsBuilder pools, PoolEntry entry)
    {
        // when the pool is made: sources that come later than this, a test's for instance, have their say
        TEntry Read(IServiceProvider provider)
        {
            var read = ReadEntry(entry, new ConfigurationProblems(entry.Defaults));
            if (provider.GetRequiredService<PoolBudgets>().ClientNameOf(entry.Name) is { } clientName)
            {
                SetClientName(read, clientName);
            }

            return read;
        }

        switch (entry.Kind)
        {
            case PoolKind.Replicas:
                AddReplicas(pools, entry, Read);
                break;
            case PoolKind.Directory:
                AddDirectory(pools, entry, Read);
                break;
            default:
                AddSingle(pools, entry, Read);
                break;
        }
    }

    /// <summary>Reads the connector's object.</summary>
    protected abstract TEntry ReadEntry(PoolEntry entry, ConfigurationProblems problems);

    /// <summary>Has connections call themselves so at their server.</summary>
    protected virtual void SetClientName(TEntry read, string clientName)
    {
    }

    /// <summary>The connector of the one endpoint.</summary>
    protected abstract IConnector<TConnection> Connect(IServiceProvider provider, TEntry read);

    /// <summary>The connector of one endpoint of many.</summary>
    /// <param name="provider">The services.</param>
    /// <param name="read">What all have in common.</param>
    /// <param name="address">Where it leads.</param>
    /// <param name="name">The host as configured, whose name certificates are checked for.</param>
    protected abstract IConnector<TConnection> Connect(IServiceProvider provider, TEntry read, Endpoint address, string name);

    protected virtual void AddSingle(PoolsBuilder pools, PoolEntry entry, Func<IServiceProvider, TEntry> read) => pools.AddPool(
        entry.Name, (provider, options, runtime) => ConnectionPool.Create(Connect(provider, read(provider)), options, runtime), isConfigured: true);

    protected virtual void AddDirectory(PoolsBuilder pools, PoolEntry entry, Func<IServiceProvider, TEntry> read) => pools.AddService<PoolDirectory<TConnection>>(
        entry.Name,
        (provider, options, runtime) =>
        {
            var common = read(provider);
            common.Directory!.Pool = options;
            var directory = new PoolDirectory<TConnection>(
                endpoint => Connect(provider, common, endpoint, endpoint.Host), common.Directory, runtime);
            return new HostedDirectory(entry.Name, directory, () => directory.Pools, directory.ReconfigureAsync, directory.DrainAsync);
        },
        isConfigured: true);

    void AddReplicas(PoolsBuilder pools, PoolEntry entry, Func<IServiceProvider, TEntry> read) => pools.AddPool<TConnection>(
        entry.Name,
        (provider, options, runtime) =>
        {
            var common = read(provider);
            common.Replicas.Pool = options;
            return new ReplicaGroup<TConnection>(
                member => Connect(provider, common, member.Address, member.Name.Host), common.Endpoints, common.Replicas, runtime);
        },
        isConfigured: true);
}
