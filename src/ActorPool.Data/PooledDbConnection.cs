using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using ActorPool.Data.Commands;
using ActorPool.Data.Connecting;
using ActorPool.Data.Errors;
using ActorPool.Data.Leasing;
using ActorPool.Data.Transactions;

namespace ActorPool.Data;

/// <summary>
/// A connection of a <see cref="PooledDbDataSource"/>: while it is open it has a lease, and the provider's connection inside
/// does the work. Its commands, batches and transactions are wrapped; parameters and readers are the provider's own.
/// </summary>
/// <remarks>
/// As every ADO.NET connection it serves one user at a time, and may be opened again after it was closed: it then has another
/// lease. What was made before it was closed cannot touch the connection any more.
/// </remarks>
public partial class PooledDbConnection : DbConnection
{
    static readonly StateChangeEventArgs ClosedToOpen = new(ConnectionState.Closed, ConnectionState.Open);
    static readonly StateChangeEventArgs OpenToClosed = new(ConnectionState.Open, ConnectionState.Closed);

    readonly PooledDbDataSource _source;
    Lease<DbConnection> _lease;

    // Null while closed.
    DbConnection? _inner;
    AmbientLease? _ambient;
    PooledDbTransaction? _transaction;
    OpenWork _work = new();
    HeldConnection? _held;
    Exception? _fault;
    bool _mayHaveBegun;
    bool _isBeginInDoubt;
    bool _handsOutReaders;
    bool _isUnwrapped;
    bool _isDisposed;

    internal PooledDbConnection(PooledDbDataSource source)
    {
        // The base has a finalizer for which there is nothing to do: a lost lease is found by the pool (LeakDetection).
#pragma warning disable CA1816
        GC.SuppressFinalize(this);
#pragma warning restore CA1816
        _source = source;
    }

    /// <summary>
    /// The provider's own connection, for what only it can do. Do not close it, and take off yourself what you hang on it, such
    /// as handlers of events. A lease on which it was asked for is looked at more closely when it ends, which costs Npgsql one
    /// round trip.
    /// </summary>
    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    /// <exception cref="LeaseRevokedException">The lease was taken back (<see cref="PoolOptions.LeaseTimeout"/>).</exception>
    public DbConnection InnerConnection
    {
        get
        {
            var inner = Inner;
            _isUnwrapped = true;
            return inner;
        }
    }

    /// <summary><see cref="InnerConnection"/> as the provider's type, such as <c>Unwrap&lt;NpgsqlConnection&gt;()</c>.</summary>
    /// <exception cref="InvalidCastException">The connection inside is of another type.</exception>
    public TConnection Unwrap<TConnection>()
        where TConnection : DbConnection => (TConnection)InnerConnection;

    /// <summary>Where the connection leads to, with nothing secret in it. Cannot be changed.</summary>
    /// <exception cref="NotSupportedException">It is set to something else.</exception>
    [AllowNull]
    public override string ConnectionString
    {
        get => _source.ConnectionString;
        set
        {
            if (value != _source.ConnectionString)
            {
                throw DataErrors.ConnectionStringIsFixed();
            }
        }
    }

    /// <summary>How long opening may take, in seconds: <see cref="PoolOptions.AcquireTimeout"/>. 0 is no limit.</summary>
    public override int ConnectionTimeout => _source.AcquireTimeoutSeconds;

    /// <inheritdoc/>
    public override string Database => _inner?.Database ?? _source.Opener.Database;

    /// <inheritdoc/>
    public override string DataSource => _inner?.DataSource ?? _source.Opener.Server;

    /// <inheritdoc/>
    public override string ServerVersion => Inner.ServerVersion;

    /// <summary>Open while there is a lease whose connection is in order; closed otherwise.</summary>
    public override ConnectionState State => _inner is { } inner && _lease.IsActive ? inner.State : ConnectionState.Closed;

    /// <inheritdoc/>
    public override bool CanCreateBatch => _source.Opener.CanCreateBatch;

    /// <inheritdoc/>
    protected override DbProviderFactory? DbProviderFactory => _source.Opener.Factory;

    /// <summary>Raised by one with every close: what was made before does not fit any more.</summary>
    internal int Epoch { get; private set; }

    /// <summary>The provider's connection.</summary>
    internal DbConnection Inner => _inner is null ? throw DataErrors.NotOpen() : _lease.Connection;

    internal DbOpener Opener => _source.Opener;

    /// <summary>What commands without a transaction of their own execute in; null for none.</summary>
    internal DbTransaction? EnlistedTransaction => _ambient?.Transaction;

    internal OpenWork Work => _work;

    /// <summary>
    /// Moves the connection to another database. It is not this pool's any more: it is closed when it comes back.
    /// </summary>
    /// <param name="databaseName">Which.</param>
    public override void ChangeDatabase(string databaseName)
    {
        var inner = Inner;
        _fault ??= DataErrors.OtherDatabase(databaseName);
        inner.ChangeDatabase(databaseName);
    }

    /// <inheritdoc cref="ChangeDatabase"/>
    /// <param name="databaseName">Which.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public override Task ChangeDatabaseAsync(string databaseName, CancellationToken cancellationToken = default)
    {
        var inner = Inner;
        _fault ??= DataErrors.OtherDatabase(databaseName);
        return inner.ChangeDatabaseAsync(databaseName, cancellationToken);
    }

    /// <inheritdoc/>
    public override DataTable GetSchema() => Inner.GetSchema();

    /// <inheritdoc/>
    public override DataTable GetSchema(string collectionName) => Inner.GetSchema(collectionName);

    /// <inheritdoc/>
    public override DataTable GetSchema(string collectionName, string?[] restrictionValues) =>
        Inner.GetSchema(collectionName, restrictionValues);

    /// <inheritdoc/>
    public override Task<DataTable> GetSchemaAsync(CancellationToken cancellationToken = default) =>
        Inner.GetSchemaAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task<DataTable> GetSchemaAsync(string collectionName, CancellationToken cancellationToken = default) =>
        Inner.GetSchemaAsync(collectionName, cancellationToken);

    /// <inheritdoc/>
    public override Task<DataTable> GetSchemaAsync(
        string collectionName, string?[] restrictionValues, CancellationToken cancellationToken = default) =>
        Inner.GetSchemaAsync(collectionName, restrictionValues, cancellationToken);

    /// <summary>Server and database, in one line.</summary>
    public override string ToString() => $"pooled connection to {DataSource}/{Database} ({State})";

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _inner is null ? new PooledDbCommand(this, Opener.CreateCommand(), inner: null)
            : new PooledDbCommand(this, Inner.CreateCommand(), _inner);
    }

    /// <inheritdoc/>
    protected override DbBatch CreateDbBatch()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _inner is null ? new PooledDbBatch(this, Opener.CreateBatch(), inner: null)
            : new PooledDbBatch(this, Inner.CreateBatch(), _inner);
    }

    /// <inheritdoc/>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        var inner = Inner;
        try
        {
            return Begun(inner.BeginTransaction(isolationLevel));
        }
        catch (Exception error) when (NoteFailedBegin(error))
        {
            throw;
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(
        IsolationLevel isolationLevel, CancellationToken cancellationToken)
    {
        var inner = Inner;
        try
        {
            return Begun(await inner.BeginTransactionAsync(isolationLevel, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception error) when (NoteFailedBegin(error))
        {
            throw;
        }
    }

    PooledDbTransaction Begun(DbTransaction transaction) => _transaction = new PooledDbTransaction(this, transaction);

    /// <summary>Remembers an error if it condemns the connection. Always false, for exception filters.</summary>
    internal bool Note(Exception? error)
    {
        if (error is not null && _fault is null && _source.Connector.IsFault(error))
        {
            // Seen as a fault of the network, after which the pool asks the other idle connections before it hands them out.
            _fault = DbFaults.EndsSession(error) ? DataErrors.SessionEnded(error) : error;
        }

        return false;
    }

    /// <summary>A command or a batch of the provider's is to be executed.</summary>
    internal void NoteExecution(DbConnection inner, object commandOrBatch)
    {
        _work.Begin(commandOrBatch);
        (_held ??= HeldConnection.Of(inner)).Enter(_work);
    }

    /// <summary>
    /// A transaction could not be begun, or was cancelled: a provider that asks the server at once may have begun it all the
    /// same. Always false, for exception filters.
    /// </summary>
    bool NoteFailedBegin(Exception error)
    {
        _isBeginInDoubt = true;
        return Note(error);
    }

    /// <summary>A command text that may have begun a transaction is to be executed.</summary>
    internal void NoteBegin() => _mayHaveBegun = true;

    /// <summary>
    /// A reader is to be handed out. The provider's own stays with its holder; the one that closes the connection is wrapped, and
    /// knows when the lease has ended.
    /// </summary>
    internal void NoteReader(CommandBehavior behavior) => _handsOutReaders |= !behavior.HasFlag(CommandBehavior.CloseConnection);

    /// <summary>Keeps the task of a command in sight.</summary>
    internal TTask Watch<TTask>(TTask task)
        where TTask : Task
    {
        if (_work.Add(task) is { } error)
        {
            Note(error);
        }

        return task;
    }
}
