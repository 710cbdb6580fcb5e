using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using ActorPool.Data.Connecting;
using ActorPool.Data.Errors;
using ActorPool.Data.Leasing;

namespace ActorPool.Data;

/// <summary>
/// Many databases on many hosts: a pool for each, made on first use, with credentials that are known for the host or by
/// default. What eventlet's <c>DatabaseConnector</c> is to Python. All members may be called from any thread at any time.
/// </summary>
public sealed class DatabaseDirectory : IAsyncDisposable
{
    readonly DbProviderFactory _factory;
    readonly string _connectionString;
    readonly DbConnectorOptions _options;
    readonly PoolRuntime _runtime;
    readonly TimeSpan _acquireTimeout;
    readonly PoolDirectory<DbConnection> _directory;

    // A connector lives as long as its pool does, and a data source as long as both.
    readonly ConcurrentDictionary<Endpoint, WeakReference<DbConnector>> _connectors = [];
    readonly ConditionalWeakTable<IConnectionPool<DbConnection>, PooledDbDataSource> _sources = [];
    int _tidyAt = 64;

    /// <summary>Makes a directory without pools; it connects to nothing.</summary>
    /// <param name="factory">The provider of all databases.</param>
    /// <param name="options">How its pools are made; null is <c>new DatabaseDirectoryOptions()</c>. Copied.</param>
    /// <param name="runtime">Time, threads, randomness and logs; null is <see cref="PoolRuntime.Default"/>.</param>
    /// <exception cref="ArgumentException">Options cannot be used: all problems are listed.</exception>
    public DatabaseDirectory(DbProviderFactory factory, DatabaseDirectoryOptions? options = null, PoolRuntime? runtime = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        options ??= new DatabaseDirectoryOptions();
        if (options.Directory?.Pool is { MaxLeasesPerConnection: > 1 and var leases })
        {
            throw DataErrors.Multiplexed(leases, nameof(options));
        }

        _factory = factory;
        _connectionString = options.ConnectionString.Length == 0
            ? ""
            : ConnectionStrings.Unpooled(factory, options.ConnectionString, nameof(options.ConnectionString));
        _options = options.Connector.Checked();
        _runtime = runtime ?? PoolRuntime.Default;
        _directory = new PoolDirectory<DbConnection>(Connect, options.Directory ?? new PoolDirectoryOptions(), _runtime);
        _acquireTimeout = options.Directory?.Pool.AcquireTimeout ?? new PoolOptions().AcquireTimeout;
    }

    /// <summary>The directory's name, as in <see cref="PoolDirectoryOptions.Name"/>.</summary>
    public string Name => _directory.Name;

    /// <summary>The pools there are at this moment, the most recently used first.</summary>
    public IReadOnlyList<IConnectionPool<DbConnection>> Pools => _directory.Pools;

    /// <summary>The data source of a database; its pool is made if this is its first use. The same object each time.</summary>
    /// <param name="host">A name or an address.</param>
    /// <param name="database">The database; empty for the provider's default.</param>
    /// <param name="port">0 to 65535; 0 is the provider's default.</param>
    /// <exception cref="PoolException">Credentials are configured, but none for this host (<see cref="PoolFailureReason.NoCredentials"/>).</exception>
    /// <exception cref="ArgumentException">The host is none, or the port is out of range.</exception>
    /// <exception cref="PoolClosedException">The directory is closed.</exception>
    public PooledDbDataSource GetDataSource(string host, string database = "", int port = 0) =>
        GetDataSource(new Endpoint(host, port, database));

    /// <summary>The data source of an endpoint, whose path is the database. See <see cref="GetDataSource(string, string, int)"/>.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public PooledDbDataSource GetDataSource(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var pool = _directory.GetPool(endpoint);
        return _sources.TryGetValue(pool, out var source) ? source : _sources.GetValue(pool, _ => Source(endpoint));
    }

    /// <summary>An open connection to a database. See <see cref="GetDataSource(string, string, int)"/>.</summary>
    /// <param name="host">A name or an address.</param>
    /// <param name="database">The database.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<PooledDbConnection> OpenConnectionAsync(string host, string database, CancellationToken cancellationToken = default) =>
        GetDataSource(host, database).OpenConnectionAsync(cancellationToken);

    /// <summary>Gives other options to the pools that there are and to those to come.</summary>
    /// <inheritdoc cref="PoolDirectory{TConnection}.ReconfigureAsync(PoolOptions)"/>
    public Task ReconfigureAsync(PoolOptions pool) => _directory.ReconfigureAsync(pool);

    /// <summary>Closes the directory and drains its pools.</summary>
    /// <param name="deadline">How long to wait for leases; null is each pool's <see cref="PoolOptions.DrainTimeout"/>.</param>
    public Task DrainAsync(TimeSpan? deadline = null) => _directory.DrainAsync(deadline);

    /// <summary>Closes the directory and drains its pools, each with its own patience.</summary>
    public ValueTask DisposeAsync() => _directory.DisposeAsync();

    /// <summary>The directory in one line.</summary>
    public override string ToString() => _directory.ToString();

    DbConnector Connect(Endpoint endpoint)
    {
        var opener = new FactoryOpener(_factory, ConnectionStrings.To(_factory, _connectionString, endpoint));
        var connector = new DbConnector(opener, _options, returnsClean: true);
        _connectors[endpoint] = new WeakReference<DbConnector>(connector);
        if (_connectors.Count > _tidyAt)
        {
            ForgetDead();
        }

        return connector;
    }

    PooledDbDataSource Source(Endpoint endpoint)
    {
        var connector = _connectors[endpoint].TryGetTarget(out var known) ? known : Connect(endpoint);
        return new PooledDbDataSource(
            new DirectoryLeases(_directory, endpoint), connector.Opener, ownsOpener: false, connector, _options, _acquireTimeout, _runtime);
    }

    // Endpoints whose pools were put out for good.
    void ForgetDead()
    {
        foreach (var dead in _connectors.Where(static known => !known.Value.TryGetTarget(out _)))
        {
            _connectors.TryRemove(dead);
        }

        _tidyAt = Math.Max(64, 2 * _connectors.Count);
    }
}
