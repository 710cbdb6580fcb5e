using System.Data;
using System.Data.Common;
using ActorPool.Data.Connecting;
using ActorPool.Data.Errors;
using ActorPool.Data.Leasing;

namespace ActorPool.Data;

/// <summary>
/// Opens, probes, resets and closes the connections of any ADO.NET provider. <see cref="PooledDbDataSource"/> brings its own;
/// this one is for a <see cref="ConnectionPool{TConnection}"/> of bare <see cref="DbConnection"/>s.
/// </summary>
/// <remarks>
/// In such a pool a holder must not close the connection, and nobody sees what was executed on it: with
/// <see cref="DbReset.Rollback"/> every return sends <see cref="DbConnectorOptions.RollbackSql"/>.
/// </remarks>
public sealed class DbConnector : IConnector<DbConnection>
{
    // How long a cancelled command may take to end: more than Npgsql waits for the server's word by default (2 s), after which
    // it gives the connection up.
    static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(3);

    // How long the holder of an open reader has to dispose it, and how often that is looked at. He may be at work on a row, and
    // no read under way: less than the default of CloseTimeout, so that the session ends in time then too.
    static readonly TimeSpan ReaderPatience = TimeSpan.FromSeconds(1);
    static readonly TimeSpan ReaderLook = TimeSpan.FromMilliseconds(10);

    readonly DbOpener _opener;
    readonly DbConnectorOptions _options;

    /// <summary>A connector over a data source, which stays its maker's to dispose.</summary>
    /// <param name="dataSource">Makes the connections. Must not pool them itself.</param>
    /// <param name="options">How to probe, reset and judge; null is <c>new DbConnectorOptions()</c>. Copied.</param>
    /// <exception cref="ArgumentException">The data source pools by itself, or an option cannot be used.</exception>
    public DbConnector(DbDataSource dataSource, DbConnectorOptions? options = null)
        : this(new DataSourceOpener(dataSource), (options ?? new DbConnectorOptions()).Checked(), returnsClean: false)
    {
    }

    /// <summary>A connector to one endpoint of many.</summary>
    /// <param name="factory">The provider.</param>
    /// <param name="connectionString">What all have in common.</param>
    /// <param name="endpoint">Its host, port and database come before those of the connection string.</param>
    /// <param name="options">How to probe, reset and judge; null is <c>new DbConnectorOptions()</c>. Copied.</param>
    /// <exception cref="ArgumentException">The connection string or an option cannot be used.</exception>
    public static DbConnector ForEndpoint(
        DbProviderFactory factory, string connectionString, Endpoint endpoint, DbConnectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(connectionString);
        ArgumentNullException.ThrowIfNull(endpoint);
        return new DbConnector(factory, ConnectionStrings.To(factory, connectionString, endpoint), options);
    }

    /// <summary>A connector over a provider. The provider's own pooling is switched off.</summary>
    /// <param name="factory">The provider.</param>
    /// <param name="connectionString">
    /// Where to connect to. User and password may be left out where <see cref="PoolOptions.Credentials"/> knows them.
    /// </param>
    /// <param name="options">How to probe, reset and judge; null is <c>new DbConnectorOptions()</c>. Copied.</param>
    /// <exception cref="ArgumentException">The connection string or an option cannot be used.</exception>
    public DbConnector(DbProviderFactory factory, string connectionString, DbConnectorOptions? options = null)
        : this(new FactoryOpener(factory, connectionString), (options ?? new DbConnectorOptions()).Checked(), returnsClean: false)
    {
    }

    /// <param name="opener">Makes the connections.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="returnsClean">Whether connections come back without a transaction, so that only a session needs a reset.</param>
    internal DbConnector(DbOpener opener, DbConnectorOptions options, bool returnsClean)
    {
        _opener = opener;
        _options = options;
        Steps = (options.ProbeSql is null ? ConnectorSteps.None : ConnectorSteps.Probe)
            | (returnsClean ? ConnectorSteps.None : ConnectorSteps.Return)
            | (options.Reset == DbReset.Session || (options.Reset == DbReset.Rollback && !returnsClean)
                ? ConnectorSteps.Reset : ConnectorSteps.None);
        Rollback = returnsClean || options.Reset == DbReset.None ? null : options.RollbackSql;
    }

    /// <inheritdoc/>
    public ConnectorSteps Steps { get; }

    internal DbOpener Opener => _opener;

    string? Rollback { get; }

    /// <inheritdoc/>
    public async ValueTask<DbConnection> OpenAsync(OpenContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var connection = _opener.Create(context.Credentials);
        var opening = connection.OpenAsync(cancellationToken);
        try
        {
            // A provider may go on for a while after it was cancelled.
            await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
            context.Address ??= connection.DataSource;
            connection.StateChange += (sender, change) => CondemnIfBroken(context, (DbConnection)sender, change);
            return connection;
        }
        catch when (!opening.IsCompleted)
        {
            _ = CloseOnceOpenAsync(opening, connection);
            throw;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask ProbeAsync(DbConnection connection, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, _options.ProbeSql, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ResetAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, Rollback, cancellationToken).ConfigureAwait(false);
        await ResetSessionAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask CloseAsync(DbConnection connection, CloseReason reason)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (HeldConnection.WorkOn(connection) is { } work && (work.IsExecuting || work.IsRead))
        {
            await CancelAsync(work).ConfigureAwait(false);
        }

        try
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // a provider complains when an operation is under way, but it has closed the connection
        catch (Exception) when (connection.State != ConnectionState.Open)
#pragma warning restore CA1031
        {
        }
    }

    /// <inheritdoc/>
    public bool IsFault(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Ask(_options.IsFault, error) ?? DbFaults.IsFault(error);
    }

    /// <inheritdoc/>
    public bool TryReturn(DbConnection connection) => connection?.State == ConnectionState.Open;

    /// <inheritdoc/>
    public OpenFailureKind Classify(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Ask(_options.Classify, error) ?? DbFaults.Classify(error, _opener.TellsTransients);
    }

    /// <summary>For a connection that came back with a transaction begun by SQL text: ends it, and does what is done always.</summary>
    internal async ValueTask RollBackAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, _options.RollbackSql, cancellationToken).ConfigureAwait(false);
        await ResetSessionAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// For a connection of Npgsql that its holder had in his own hands: beginning a transaction throws if one is open, or if an
    /// operation is under way, such as a COPY, which then closes the connection. The server sees nothing unusual.
    /// </summary>
    internal async ValueTask LookAndRollBackAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        DbTransaction? transaction = null;
        try
        {
            transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException) when (connection.State == ConnectionState.Open)
        {
            await ExecuteAsync(connection, _options.RollbackSql, cancellationToken).ConfigureAwait(false);
        }

        if (transaction is not null)
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }

        await ResetSessionAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    ValueTask ResetSessionAsync(DbConnection connection, CancellationToken cancellationToken) =>
        _options.Reset == DbReset.Session
            ? ExecuteAsync(
                connection,
                (_opener.HasPrepared ? _options.SessionResetSqlWhenPrepared : null) ?? _options.SessionResetSql,
                cancellationToken)
            : default;

    // The lease was taken back while its holder's command executes. Closed as it is, the session would go on at the server until
    // the statement ends, with its locks; and the provider would read what the holder's own call is reading.
    static async Task CancelAsync(OpenWork work)
    {
        _ = work.Cancel();
        await work.UntilOverAsync()
            .WaitAsync(CancelPatience, TimeProvider.System, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // What a reader does is not to be seen: a read that was under way has failed by now, and its reader is disposed soon.
        for (var waited = TimeSpan.Zero; work.IsRead && waited < ReaderPatience; waited += ReaderLook)
        {
            await Task.Delay(ReaderLook, TimeProvider.System).ConfigureAwait(false);
        }
    }

    static async Task CloseOnceOpenAsync(Task opening, DbConnection connection)
    {
        await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    static async ValueTask ExecuteAsync(DbConnection connection, string? sql, CancellationToken cancellationToken)
    {
        if (sql is null)
        {
            return;
        }

        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
#pragma warning disable CA2100 // the options' own text
            command.CommandText = sql;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // A provider that finds a connection broken says so at once, be it idle.
    static void CondemnIfBroken(OpenContext context, DbConnection connection, StateChangeEventArgs change)
    {
        if (change.CurrentState is ConnectionState.Broken or ConnectionState.Closed)
        {
            context.Condemn(DataErrors.NoLongerOpen(connection.DataSource));
        }
    }

    static TAnswer? Ask<TAnswer>(Func<Exception, TAnswer?>? rule, Exception error)
        where TAnswer : struct
    {
        try
        {
            return rule?.Invoke(error);
        }
#pragma warning disable CA1031 // a rule that throws knows nothing of the error
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
