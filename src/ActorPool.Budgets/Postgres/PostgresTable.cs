using Npgsql;
using NpgsqlTypes;

namespace ActorPool.Budgets.Postgres;

/// <summary>Makes the table, once.</summary>
static class PostgresTable
{
    /// <summary>Makes it if it is not there; several at once do no harm.</summary>
    /// <exception cref="GrantStoreException">This user cannot.</exception>
    public static async Task CreateAsync(NpgsqlConnection connection, PostgresTarget target, string table, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(PostgresScript.Begin),
                new NpgsqlBatchCommand(PostgresScript.LockTable)
                {
                    Parameters = { new NpgsqlParameter { Value = PostgresScript.LockOf(table), NpgsqlDbType = NpgsqlDbType.Bigint } },
                },
                new NpgsqlBatchCommand(PostgresScript.CreateTable(table)),
                new NpgsqlBatchCommand(PostgresScript.Commit),
            },
        };
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidSchemaName)
        {
            throw PostgresErrors.NotCreated(target, table, error);
        }
    }

    public static async Task RollBackAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(PostgresScript.Rollback, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
