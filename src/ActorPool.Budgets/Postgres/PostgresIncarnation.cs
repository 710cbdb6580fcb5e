using Npgsql;

namespace ActorPool.Budgets.Postgres;

/// <summary>
/// How a PostgreSQL is asked which life of it this is: the system identifier, which a restore by initdb changes, and the timeline, which a
/// promotion or a restore to a point in time changes (the first 8 digits of the name of the file of the log that is written to).
/// </summary>
/// <remarks>
/// Both may be asked by anybody, unless an administrator has revoked it, or a provider does not have them. Then the database's number stands for
/// the system identifier, and if need be nothing for the timeline: a fail-over that loses writes is then told only by versions that are lower
/// than ones seen. Nodes of one budget must have the same rights, or they believe in different incarnations.
/// </remarks>
static class PostgresIncarnation
{
    const string System = "(SELECT system_identifier::text FROM pg_control_system())";
    const string Database = "(SELECT 'database-' || oid::text FROM pg_database WHERE datname = current_database())";
    const string Timeline = "left(pg_walfile_name(pg_current_wal_lsn()), 8)";

    static readonly string[] Expressions = [$"{System} || '/' || {Timeline}", $"{Database} || '/' || {Timeline}", Database];

    /// <summary>The best expression that this server answers to this user.</summary>
    public static async Task<string> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                using var command = new NpgsqlCommand($"SELECT {Expressions[i]}", connection);
                await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
                return Expressions[i];
            }
            catch (PostgresException error) when (i + 1 < Expressions.Length && IsRefusal(error))
            {
            }
        }
    }

    static bool IsRefusal(PostgresException error) => error.SqlState is
        PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.FeatureNotSupported;
}
