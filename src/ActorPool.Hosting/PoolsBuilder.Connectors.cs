using System.Data.Common;
using ActorPool.Data;
using ActorPool.Data.Connecting;
using ActorPool.Hosting.Budgeting;
using ActorPool.Hosting.Connectors;
using ActorPool.Hosting.Pools;
using ActorPool.Http;
using ActorPool.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ActorPool.Hosting;

/// <summary>The pools of every connector that comes with ActorPool.</summary>
public sealed partial class PoolsBuilder
{
    /// <summary>Adds a pool of TCP or TLS streams.</summary>
    /// <param name="name">The pool's name, and the key of its service, an <c>IConnectionPool&lt;Stream&gt;</c>.</param>
    /// <param name="host">A name or an address.</param>
    /// <param name="port">1 to 65,535.</param>
    /// <param name="configure">Changes how connections are opened; null changes nothing.</param>
    /// <exception cref="ArgumentException">There is a pool of that name.</exception>
    public PoolBuilder<Stream> AddTcp(string name, string host, int port, Action<TcpConnectorOptions>? configure = null) =>
        Add(name, provider =>
        {
            var options = new TcpConnectorOptions { LoggerFactory = provider.GetService<ILoggerFactory>() };
            configure?.Invoke(options);
            return new TcpConnector(host, port, options);
        });

    /// <summary>Adds a pool of Redis connections.</summary>
    /// <param name="name">The pool's name, and the key of its service, an <c>IConnectionPool&lt;RedisConnection&gt;</c>.</param>
    /// <param name="url">As for <see cref="RedisPool.FromUrl"/>. Read here and now, so that a wrong one is told at once.</param>
    /// <param name="configure">Changes what the URL does not say; null changes nothing.</param>
    /// <exception cref="ArgumentException">The URL makes no sense, or there is a pool of that name. No user or password is repeated.</exception>
    public PoolBuilder<RedisConnection> AddRedis(string name, string url, Action<RedisPoolOptions>? configure = null)
    {
        var redis = RedisPoolOptions.FromUrl(url);
        configure?.Invoke(redis);
        return AddPool(
            name,
            (provider, options, runtime) =>
            {
                var connection = redis.Connection.Copy();
                connection.Tcp = TcpConfigured.OptionsFor(provider, connection.Tcp);
                connection.ClientName = provider.GetRequiredService<PoolBudgets>().ClientNameOf(name) ?? connection.ClientName;
                return ConnectionPool.Create(new RedisConnector(connection), options, runtime);
            },
            basis: redis.Pool.Copy);
    }

    /// <summary>
    /// Adds the pools of an HTTP handler, one for each origin: <see cref="HttpPools"/> under the name as key, and
    /// <see cref="PooledHttpHandler"/> over them. A client rides on them by
    /// <c>services.AddHttpClient("prices").UseHttpPools("name")</c>.
    /// </summary>
    /// <param name="name">The pools' name, and the key of their services.</param>
    /// <param name="configure">Changes how requests are sent; null changes nothing.</param>
    /// <exception cref="ArgumentException">There is a pool of that name.</exception>
    public PoolsBuilder AddHttp(string name, Action<HttpPoolOptions>? configure = null)
    {
        HttpPoolOptions Make()
        {
            var options = new HttpPoolOptions();
            configure?.Invoke(options);
            return options;
        }

        return AddHttp(name, Make, basis: () => Make().Pool, isConfigured: false);
    }

    internal PoolsBuilder AddHttp(string name, Func<HttpPoolOptions> http, Func<PoolOptions>? basis, bool isConfigured)
    {
        AddService<HttpPools>(
            name,
            (provider, options, runtime) =>
            {
                var all = http();
                all.Pool = options;
                all.Tcp.LoggerFactory ??= provider.GetService<ILoggerFactory>();
                var pools = new HttpPools(all, runtime);
                return new HostedDirectory(name, pools, () => pools.Pools, pools.ReconfigureAsync, pools.DrainAsync);
            },
            basis,
            isConfigured);
        Services.AddKeyedTransient(name, static (provider, key) => new PooledHttpHandler(provider.GetRequiredKeyedService<HttpPools>(key)));
        return this;
    }

    /// <summary>
    /// Adds a pool of database connections: <see cref="PooledDbDataSource"/> under the name as key, also as
    /// <see cref="DbDataSource"/>; without the key where it is the only one.
    /// </summary>
    /// <param name="name">The pool's name, and the key of its services.</param>
    /// <param name="factory">The provider, such as <c>NpgsqlFactory.Instance</c>.</param>
    /// <param name="connectionString">Where to connect to.</param>
    /// <param name="configure">Changes how connections are treated; null changes nothing.</param>
    /// <exception cref="ArgumentException">There is a pool of that name.</exception>
    public PoolsBuilder AddDatabase(
        string name, DbProviderFactory factory, string connectionString, Action<DbConnectorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(connectionString);
        var options = new DbConnectorOptions();
        configure?.Invoke(options);
        return AddDatabase(
            name,
            (provider, pool, runtime) => PooledDbDataSource.Create(factory, Named(provider, name, factory, connectionString), pool, options, runtime),
            isConfigured: false);
    }

    internal PoolsBuilder AddDatabase(string name, Func<IServiceProvider, PoolOptions, PoolRuntime, PooledDbDataSource> create, bool isConfigured)
    {
        AddService<PooledDbDataSource>(
            name,
            (provider, options, runtime) =>
            {
                var source = create(provider, options, runtime);
                return new HostedEndpoint(name, source, source.Pool);
            },
            isConfigured: isConfigured);
        Services.AddKeyedSingleton<DbDataSource>(name, static (provider, key) => provider.GetRequiredKeyedService<PooledDbDataSource>(key));
        Services.TryAddSingleton<DbDataSource>(static provider => provider.GetRequiredService<PooledDbDataSource>());
        return this;
    }

    /// <summary>Has the configuration know a database provider: <c>database { provider = Npgsql, … }</c>.</summary>
    /// <param name="name">Its name in the configuration.</param>
    /// <param name="factory">The provider, such as <c>NpgsqlFactory.Instance</c>.</param>
    public PoolsBuilder AddDatabaseProvider(string name, DbProviderFactory factory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(factory);
        Table.DatabaseProviders[name] = factory;
        return this;
    }

    /// <summary>
    /// Adds a directory of databases, a pool for each host and database: <see cref="DatabaseDirectory"/> under the name as key.
    /// </summary>
    /// <param name="name">The directory's name, and the key of its service.</param>
    /// <param name="factory">The provider, such as <c>NpgsqlFactory.Instance</c>.</param>
    /// <param name="configure">Says what all connections have in common; null changes nothing.</param>
    /// <exception cref="ArgumentException">There is a pool of that name.</exception>
    public PoolsBuilder AddDatabases(string name, DbProviderFactory factory, Action<DatabaseDirectoryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        var options = new DatabaseDirectoryOptions();
        configure?.Invoke(options);
        DatabaseDirectory Create(IServiceProvider provider, PoolOptions pool, PoolRuntime runtime)
        {
            options.ConnectionString = Named(provider, name, factory, options.ConnectionString);
            options.Directory.Name = name;
            options.Directory.Pool = pool;
            return new DatabaseDirectory(factory, options, runtime);
        }

        return AddDatabases(name, Create, isConfigured: false, options.Directory.Pool.Copy);
    }

    internal PoolsBuilder AddDatabases(
        string name, Func<IServiceProvider, PoolOptions, PoolRuntime, DatabaseDirectory> create, bool isConfigured, Func<PoolOptions>? basis = null) =>
        AddService<DatabaseDirectory>(
            name,
            (provider, options, runtime) =>
            {
                var directory = create(provider, options, runtime);
                return new HostedDirectory(name, directory, () => directory.Pools, directory.ReconfigureAsync, directory.DrainAsync);
            },
            basis,
            isConfigured);

    /// <summary>A connection string with what the pool's connections must call themselves, if its budget has a fence.</summary>
    static string Named(IServiceProvider provider, string pool, DbProviderFactory factory, string connectionString) =>
        provider.GetRequiredService<PoolBudgets>().ClientNameOf(pool) is { } clientName
            ? ConnectionStrings.WithApplicationName(factory, connectionString, clientName)
            : connectionString;
}
