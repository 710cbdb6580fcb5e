using ActorPool.Hosting.Budgeting;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Connectors;
using ActorPool.Hosting.Pools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ActorPool.Hosting;

/// <summary>
/// Says which pools an application has: what <c>services.AddActorPool(pools => …)</c> is given. Each has a name, which is the
/// key of its services: <c>[FromKeyedServices("cache")] IConnectionPool&lt;RedisConnection&gt; pool</c>. Where there is only one pool of a
/// kind of connection, it is found without the key too.
/// </summary>
/// <remarks>
/// A pool that is added here takes its options from the configuration as well, if that has an object of its name under
/// <c>pools</c>: what is said there wins over what code says.
/// </remarks>
public sealed partial class PoolsBuilder
{
    internal PoolsBuilder(IServiceCollection services, PoolTable table)
    {
        Services = services;
        Table = table;
    }

    /// <summary>Where the pools are added.</summary>
    public IServiceCollection Services { get; }

    internal PoolTable Table { get; }

    /// <summary>Changes how every pool behaves, also those that are added later. What is said of one pool comes after it.</summary>
    /// <param name="configure">Sets options; called for each pool at start, and again at every reload.</param>
    public PoolsBuilder ConfigureAll(Action<PoolOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Table.ForAll.Add(configure);
        return this;
    }

    /// <summary>Adds the pool of one endpoint.</summary>
    /// <typeparam name="TConnection">What is pooled.</typeparam>
    /// <param name="name">The pool's name, and the key of its service.</param>
    /// <param name="connector">Makes its connector, once, when the host starts or the pool is first asked for.</param>
    /// <param name="configure">Changes how the pool behaves; null changes nothing.</param>
    /// <exception cref="ArgumentException">There is a pool of that name.</exception>
    public PoolBuilder<TConnection> Add<TConnection>(
        string name, Func<IServiceProvider, IConnector<TConnection>> connector, Action<PoolOptions>? configure = null)
        where TConnection : class
    {
        ArgumentNullException.ThrowIfNull(connector);
        return AddPool(name, (provider, options, runtime) => ConnectionPool.Create(connector(provider), options, runtime), configure);
    }

    /// <summary>Adds a group of replicas, which is leased from like a pool.</summary>
    /// <typeparam name="TConnection">What is pooled.</typeparam>
    /// <param name="name">The group's name, and the key of its service.</param>
    /// <param name="endpoints">Its members.</param>
    /// <param name="connect">Makes the connector of one member.</param>
    /// <param name="configure">Changes how members are chosen; null changes nothing. Its <c>Pool</c> is set when the group is made.</param>
    /// <exception cref="ArgumentException">There is a pool of that name.</exception>
    public PoolBuilder<TConnection> AddReplicas<TConnection>(
        string name,
        IEnumerable<Endpoint> endpoints,
        Func<IServiceProvider, ReplicaEndpoint, IConnector<TConnection>> connect,
        Action<ReplicaGroupOptions<TConnection>>? configure = null)
        where TConnection : class
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(connect);
        var basis = new ReplicaGroupOptions<TConnection>();
        configure?.Invoke(basis);
        IConnectionPool<TConnection> Make(IServiceProvider provider, PoolOptions options, PoolRuntime runtime)
        {
            basis.Pool = options;
            return new ReplicaGroup<TConnection>(member => connect(provider, member), endpoints, basis, runtime);
        }

        return AddPool<TConnection>(name, Make, basis: basis.Pool.Copy);
    }

    /// <summary>Adds a directory: a pool for each endpoint, made at its first use.</summary>
    /// <typeparam name="TConnection">What is pooled.</typeparam>
    /// <param name="name">The directory's name, and the key of its service, a <see cref="PoolDirectory{TConnection}"/>.</param>
    /// <param name="connect">Makes the connector of one endpoint.</param>
    /// <param name="configure">Changes how its pools are made; null changes nothing.</param>
    /// <exception cref="ArgumentException">There is a pool of that name.</exception>
    public PoolsBuilder AddDirectory<TConnection>(
        string name, Func<IServiceProvider, Endpoint, IConnector<TConnection>> connect, Action<PoolDirectoryOptions>? configure = null)
        where TConnection : class
    {
        ArgumentNullException.ThrowIfNull(connect);
        var basis = new PoolDirectoryOptions();
        configure?.Invoke(basis);
        return AddService<PoolDirectory<TConnection>>(
            name,
            (provider, options, runtime) =>
            {
                basis.Name = name;
                basis.Pool = options;
                var directory = new PoolDirectory<TConnection>(endpoint => connect(provider, endpoint), basis, runtime);
                return new HostedDirectory(name, directory, () => directory.Pools, directory.ReconfigureAsync, directory.DrainAsync);
            },
            basis.Pool.Copy);
    }

    /// <summary>
    /// Has the configuration know one more connector: a pool whose object has an object of this name is made with it.
    /// </summary>
    /// <typeparam name="TConnection">What is pooled.</typeparam>
    /// <param name="kind">Its name in the configuration, such as <c>imap</c>.</param>
    /// <param name="connect">Makes the connector from the object of that name. What it throws has the host fail at start.</param>
    /// <exception cref="ArgumentException">There is a connector of that name.</exception>
    public PoolsBuilder AddConnector<TConnection>(
        string kind, Func<IServiceProvider, IConfigurationSection, IConnector<TConnection>> connect)
        where TConnection : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(connect);
        if (!Table.Connectors.TryAdd(kind, new OwnConnector<TConnection>(connect)))
        {
            throw new ArgumentException($"There is a connector named '{kind}' already.", nameof(kind));
        }

        return this;
    }

    /// <summary>Adds what the configuration has. What is wrong with it is told when the host starts.</summary>
    internal void AddConfigured()
    {
        foreach (var entry in Table.ReadSection(new ConfigurationProblems(Table.Section!)))
        {
            Table.Connectors[entry.ConnectorName].Add(this, entry);
        }
    }

    internal PoolBuilder<TConnection> AddPool<TConnection>(
        string name,
        Func<IServiceProvider, PoolOptions, PoolRuntime, IConnectionPool<TConnection>> make,
        Action<PoolOptions>? configure = null,
        Func<PoolOptions>? basis = null,
        bool isConfigured = false)
        where TConnection : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var registration = new PoolRegistration(name, typeof(IConnectionPool<TConnection>), provider =>
        {
            var options = OptionsOf(provider, name);
            var pool = make(provider, options, provider.GetRequiredService<PoolRuntime>());
            return new HostedEndpoint(name, pool, pool) { Budget = options.Budget as IClusterBudget };
        })
        {
            Basis = basis,
            IsConfigured = isConfigured,
        };
        Register<IConnectionPool<TConnection>>(registration);
        if (configure is not null)
        {
            registration.Configure.Add(configure);
        }

        return new PoolBuilder<TConnection>(Services, registration);
    }

    /// <summary>Adds what is no pool itself.</summary>
    internal PoolsBuilder AddService<TService>(
        string name, Func<IServiceProvider, PoolOptions, PoolRuntime, HostedPool> make, Func<PoolOptions>? basis = null, bool isConfigured = false)
        where TService : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Register<TService>(new PoolRegistration(name, typeof(TService), provider =>
        {
            var options = OptionsOf(provider, name);
            var pool = make(provider, options, provider.GetRequiredService<PoolRuntime>());
            pool.Budget = options.Budget as IClusterBudget;
            return pool;
        })
        {
            Basis = basis,
            IsConfigured = isConfigured,
        });
        return this;
    }

    /// <summary>The service under its name, under none if it is the only one, and what is said to those who ask for another.</summary>
    void Register<TService>(PoolRegistration registration)
        where TService : class
    {
        Table.Add(registration);
        Services.AddKeyedSingleton(registration.Name, (provider, _) => (TService)provider.GetRequiredService<PoolRegistry>().Get(registration).Service);
        Services.TryAddSingleton(static provider =>
        {
            var registry = provider.GetRequiredService<PoolRegistry>();
            return (TService)registry.Only(typeof(TService)).Service;
        });
        Services.TryAddKeyedSingleton<TService>(
            KeyedService.AnyKey, static (provider, key) => throw provider.GetRequiredService<PoolRegistry>().NotFound(key, typeof(TService)));
    }

    static PoolOptions OptionsOf(IServiceProvider provider, string name)
    {
        var options = provider.GetRequiredService<IOptionsFactory<PoolOptions>>().Create(name);
        provider.GetRequiredService<PoolBudgets>().Attach(name, options);
        return options;
    }
}
