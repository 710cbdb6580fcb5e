using System.Data.Common;
using System.Transactions;
using ActorPool.Data.Commands;
using ActorPool.Data.Connecting;
using ActorPool.Data.Errors;
using ActorPool.Data.Flavours;
using ActorPool.Data.Leasing;
using ActorPool.Data.Transactions;
using Microsoft.Extensions.Logging;

namespace ActorPool.Data;

/// <summary>
/// A data source whose connections are leases of a pool: opening one leases, closing or disposing it returns. For ADO.NET,
/// Dapper and Entity Framework it is a <see cref="DbDataSource"/> as any other.
/// </summary>
public sealed partial class PooledDbDataSource : DbDataSource
{
    readonly DbOpener _opener;
    readonly bool _ownsOpener;
    int _isDisposed;

    internal PooledDbDataSource(
        LeaseSource leases, DbOpener opener, bool ownsOpener, DbConnector connector, DbConnectorOptions options, TimeSpan acquireTimeout, PoolRuntime runtime)
    {
        Leases = leases;
        _opener = opener;
        _ownsOpener = ownsOpener;
        Connector = connector;
        Options = options;
        AcquireTimeoutSeconds = acquireTimeout < TimeSpan.Zero ? 0 : (int)Math.Min(int.MaxValue, Math.Ceiling(acquireTimeout.TotalSeconds));
        Ambient = new AmbientTransactions(this, runtime.LoggerFactory.CreateLogger<PooledDbDataSource>());
    }

    /// <summary>The pool, for whoever operates it: snapshot, warm-up, eviction, drain.</summary>
    public IConnectionPool<DbConnection> Pool => Leases.Pool;

    /// <summary>Where connections lead to, with nothing secret in it.</summary>
    public override string ConnectionString => _opener.ConnectionString;

    internal LeaseSource Leases { get; }

    internal DbOpener Opener => _opener;

    internal DbConnector Connector { get; }

    internal DbConnectorOptions Options { get; }

    internal AmbientTransactions Ambient { get; }

    /// <summary>In ADO.NET's unit, where 0 is no limit.</summary>
    internal int AcquireTimeoutSeconds { get; }

    internal bool IsDisposed => Volatile.Read(ref _isDisposed) != 0;

    /// <summary>Makes a data source, and its pool, over another one that pools nothing itself.</summary>
    /// <param name="dataSource">Makes the connections. Stays its maker's to dispose, after this one.</param>
    /// <param name="pool">How the pool behaves; null is <c>new PoolOptions()</c>. Copied.</param>
    /// <param name="options">How connections are probed, reset and judged; null is <c>new DbConnectorOptions()</c>. Copied.</param>
    /// <param name="runtime">Time, threads, randomness and logs; null is <see cref="PoolRuntime.Default"/>.</param>
    /// <exception cref="ArgumentException">The data source pools by itself (<c>Pooling</c> is on), or options cannot be used.</exception>
    public static PooledDbDataSource Create(
        DbDataSource dataSource, PoolOptions? pool = null, DbConnectorOptions? options = null, PoolRuntime? runtime = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return Create(new DataSourceOpener(dataSource), ownsOpener: false, pool, options, runtime);
    }

    /// <summary>Makes a data source, and its pool, over a provider, whose own pooling is switched off.</summary>
    /// <param name="factory">The provider, such as <c>NpgsqlFactory.Instance</c>.</param>
    /// <param name="connectionString">
    /// Where to connect to. User and password may be left out where <see cref="PoolOptions.Credentials"/> knows them.
    /// </param>
    /// <param name="pool">How the pool behaves; null is <c>new PoolOptions()</c>. Copied.</param>
    /// <param name="options">How connections are probed, reset and judged; null is <c>new DbConnectorOptions()</c>. Copied.</param>
    /// <param name="runtime">Time, threads, randomness and logs; null is <see cref="PoolRuntime.Default"/>.</param>
    /// <exception cref="ArgumentException">The connection string or options cannot be used.</exception>
    public static PooledDbDataSource Create(
        DbProviderFactory factory,
        string connectionString,
        PoolOptions? pool = null,
        DbConnectorOptions? options = null,
        PoolRuntime? runtime = null) =>
        Create(new FactoryOpener(factory, connectionString), ownsOpener: true, pool, options, runtime);

    static PooledDbDataSource Create(
        DbOpener opener, bool ownsOpener, PoolOptions? pool, DbConnectorOptions? options, PoolRuntime? runtime)
    {
        pool ??= new PoolOptions();
        runtime ??= PoolRuntime.Default;
        if (pool.MaxLeasesPerConnection > 1)
        {
            throw DataErrors.Multiplexed(pool.MaxLeasesPerConnection, nameof(pool));
        }

        var settings = (options ?? new DbConnectorOptions()).Checked();
        var connector = new DbConnector(opener, settings, returnsClean: true);
        return new PooledDbDataSource(
            new PoolLeases(ConnectionPool.Create(connector, pool, runtime)), opener, ownsOpener, connector, settings, pool.AcquireTimeout, runtime);
    }

    /// <summary>A connection that is not open.</summary>
    public new PooledDbConnection CreateConnection() => Wrap();

    /// <summary>An open connection. Blocks the thread while there is none.</summary>
    public new PooledDbConnection OpenConnection() => (PooledDbConnection)OpenDbConnection();

    /// <summary>An open connection.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PooledDbException">The pool has none in time.</exception>
    /// <exception cref="DbException">The server does not let us in: the provider's own error.</exception>
    public new ValueTask<PooledDbConnection> OpenConnectionAsync(CancellationToken cancellationToken = default)
    {
        var connection = Wrap();
        var opening = connection.OpenAsync(cancellationToken);
        return opening.IsCompletedSuccessfully
            ? new ValueTask<PooledDbConnection>(connection)
            : AwaitAsync(opening, connection);

        static async ValueTask<PooledDbConnection> AwaitAsync(Task opening, PooledDbConnection connection)
        {
            await opening.ConfigureAwait(false);
            return connection;
        }
    }

    /// <summary>Server and database, in one line.</summary>
    public override string ToString() => $"pooled data source of {_opener.Server}/{_opener.Database}";

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => Wrap();

    /// <inheritdoc/>
    protected override DbConnection OpenDbConnection()
    {
        var connection = Wrap();
        connection.Open();
        return connection;
    }

    /// <inheritdoc/>
    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        var connection = Wrap();
        var opening = connection.OpenAsync(cancellationToken);
        return opening.IsCompletedSuccessfully ? new ValueTask<DbConnection>(connection) : AwaitAsync(opening, connection);

        static async ValueTask<DbConnection> AwaitAsync(Task opening, DbConnection connection)
        {
            await opening.ConfigureAwait(false);
            return connection;
        }
    }

    /// <inheritdoc/>
    protected override DbBatch CreateDbBatch() => new LeasingDbBatch(Wrap());

    /// <summary>Drains the pool (<see cref="IConnectionPool.DrainAsync"/>). Blocks the thread meanwhile.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            DisposeAsyncCore().AsTask().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    /// <summary>Drains the pool (<see cref="IConnectionPool.DrainAsync"/>).</summary>
    protected override async ValueTask DisposeAsyncCore()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0 && Leases is PoolLeases)
        {
            await Leases.Pool.DisposeAsync().ConfigureAwait(false);
            if (_ownsOpener)
            {
                await _opener.DisposeAsync().ConfigureAwait(false);
            }
        }

        await base.DisposeAsyncCore().ConfigureAwait(false);
    }

    PooledDbConnection Wrap()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        return _opener.IsNpgsql ? new NpgsqlConnection(this) : new PooledDbConnection(this);
    }

    /// <summary>The transaction that a connection that is opened now takes part in; null for none.</summary>
    internal Transaction? AmbientTransaction => Options.EnlistInTransactions ? Transaction.Current : null;
}
