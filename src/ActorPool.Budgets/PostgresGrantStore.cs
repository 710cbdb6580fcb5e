using ActorPool.Budgets.Engines;
using ActorPool.Budgets.Postgres;
using Npgsql;

namespace ActorPool.Budgets;

/// <summary>
/// Keeps a budget's records in one small table of a PostgreSQL, 13 or later. It has exactly one connection, opened when it is first needed; a commit is
/// one round trip. Nothing but <see cref="PostgresGrantStoreOptions.Listen"/> needs a session of its own, so that a transaction pooler may be in between.
/// </summary>
/// <remarks>
/// The incarnation is the system identifier and the timeline (<c>pg_control_system()</c> and <c>pg_walfile_name(pg_current_wal_lsn())</c>, which everybody
/// may call unless it was revoked; all nodes must have the same rights). Where a server does not tell them, the database's number has to do, and a fail-over that loses
/// writes is told only by versions that go back. The server must not run with <c>fsync = off</c>; <c>synchronous_commit = off</c> is overruled.
/// </remarks>
public sealed class PostgresGrantStore : IGrantStore
{
    readonly PostgresGrantStoreOptions _options;
    PostgresScript? _script;

    /// <summary>Makes one. Nothing is opened before it is used.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="runtime">The clock and the randomness; null is <see cref="PoolRuntime.Default"/>.</param>
    /// <exception cref="ArgumentException">Options make no sense: all problems are listed.</exception>
    public PostgresGrantStore(PostgresGrantStoreOptions options, PoolRuntime? runtime = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Copy();
        Session = new PostgresSession(PostgresTarget.Parse(options), runtime ?? PoolRuntime.Default, LookAtAsync);
    }

    /// <summary>The one connection, for a fence on the same server.</summary>
    internal PostgresSession Session { get; }

    /// <summary>What its connection calls itself.</summary>
    internal string ApplicationName => _options.ApplicationName;

    /// <summary>What an operator runs where the table is not made on first use. Its user needs SELECT, INSERT, UPDATE and DELETE on it.</summary>
    /// <param name="table">As <see cref="PostgresGrantStoreOptions.Table"/>.</param>
    public static string CreateTableScript(string table = PostgresGrantStoreOptions.DefaultTable) => PostgresScript.CreateTable(table);

    /// <inheritdoc/>
    public Task<GrantReply> CommitAsync(GrantTransaction transaction, CancellationToken cancellationToken)
    {
        TransactionRules.Check(transaction);
        return Session.ExchangeAsync((connection, token) => CommitAsync(connection, transaction, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task WatchAsync(string budget, string key, Action changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changed);
        return _options.Listen
            ? Session.WatchAsync(PostgresScript.ChannelOf(_options.Table, budget, key), changed, cancellationToken)
            : Task.CompletedTask;
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => Session.DisposeAsync();

    /// <summary>Where it leads, without secrets.</summary>
    public override string ToString() => _options.ToString();

    async Task<GrantReply> CommitAsync(NpgsqlConnection connection, GrantTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            return await PostgresTransaction.CommitAsync(connection, Session.Target, _options.Table, _script!, transaction, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            if (!_options.CreateTable)
            {
                throw PostgresErrors.NoTable(Session.Target, _options.Table);
            }

            await PostgresTable.RollBackAsync(connection, cancellationToken).ConfigureAwait(false);
            await PostgresTable.CreateAsync(connection, Session.Target, _options.Table, cancellationToken).ConfigureAwait(false);
            return await PostgresTransaction.CommitAsync(connection, Session.Target, _options.Table, _script!, transaction, cancellationToken).ConfigureAwait(false);
        }
    }

    async Task LookAtAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand("SELECT pg_is_in_recovery()", connection);
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true)
        {
            throw PostgresErrors.ReadOnly(Session.Target, isStandby: true);
        }

        _script = new PostgresScript(_options.Table, await PostgresIncarnation.FindAsync(connection, cancellationToken).ConfigureAwait(false));
    }
}
