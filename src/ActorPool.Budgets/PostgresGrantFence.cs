using ActorPool.Budgets.Fences;
using ActorPool.Budgets.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace ActorPool.Budgets;

/// <summary>
/// Ends a node's sessions at a PostgreSQL, in all its databases: <c>pg_terminate_backend</c> of those whose <c>application_name</c> is the node's, until none is left or about a
/// second has passed. Its user needs <c>pg_signal_backend</c> or has to be the same as the sessions' (a superuser's sessions are ended by superusers only).
/// </summary>
public sealed class PostgresGrantFence : IGrantFence
{
    const string OneName = "application_name = $1";
    const string OtherNames = "starts_with(application_name, $1) AND application_name <> ALL ($2)";

    readonly PostgresTarget? _target;
    readonly PostgresGrantStore? _store;
    readonly TimeProvider _time;

    /// <summary>One that opens a connection of its own, called <c>actorpool-fence</c>, for the moment that it needs one.</summary>
    /// <param name="connectionString">Npgsql's, of the server whose connections are counted. What it says of pooling and of application names is not used; <c>Timeout</c> is 2 s at most.</param>
    /// <param name="runtime">The clock; null is <see cref="PoolRuntime.Default"/>.</param>
    /// <exception cref="ArgumentException">The text is no connection string.</exception>
    public PostgresGrantFence(string connectionString, PoolRuntime? runtime = null)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        _target = PostgresTarget.Parse(connectionString, "actorpool-fence", nameof(connectionString));
        _time = (runtime ?? PoolRuntime.Default).TimeProvider;
    }

    /// <summary>One that uses the connection of a store on the same server, so that it needs none of its own.</summary>
    /// <param name="store">The store; not disposed.</param>
    /// <param name="runtime">The clock; null is <see cref="PoolRuntime.Default"/>.</param>
    public PostgresGrantFence(PostgresGrantStore store, PoolRuntime? runtime = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _time = (runtime ?? PoolRuntime.Default).TimeProvider;
    }

    /// <inheritdoc/>
    public ValueTask<int> EndAsync(string clientName, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientName);
        return EndAsync(OneName, clientName, known: [], cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<int> EndOthersAsync(string clientNamePrefix, IReadOnlyCollection<string> known, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientNamePrefix);
        ArgumentNullException.ThrowIfNull(known);
        return EndAsync(OtherNames, clientNamePrefix, _store is null ? [.. known] : [.. known, _store.ApplicationName], cancellationToken);
    }

    async ValueTask<int> EndAsync(string which, string name, string[] known, CancellationToken cancellationToken)
    {
        if (_store is not null)
        {
            return await FenceWatch.EndAsync(
                _time,
                () => _store.Session.ExchangeAsync((shared, token) => EndAndCountAsync(shared, which, name, known, token), cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }

        var connection = new NpgsqlConnection(_target!.ConnectionString);
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                return await FenceWatch.EndAsync(_time, () => EndAndCountAsync(connection, which, name, known, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException error)
            {
                throw PostgresErrors.Failed(_target, error);
            }
        }
    }

    async Task<int> EndAndCountAsync(NpgsqlConnection connection, string which, string name, string[] known, CancellationToken cancellationToken)
    {
        // Names are shown to everybody; what kind of session it is, not.
        using var command = new NpgsqlCommand(
            $"SELECT count(*)::int, count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {which} AND pid <> pg_backend_pid()",
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = name, NpgsqlDbType = NpgsqlDbType.Text });
        if (which == OtherNames)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = known, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        }

        try
        {
            return (int)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw PostgresErrors.MayNotEnd(_target ?? _store!.Session.Target, error);
        }
    }
}
