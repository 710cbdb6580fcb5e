using Npgsql;

namespace AkkaClusterSample;

/// <summary>What the pools keep: a session at the PostgreSQL, or, without one, nothing but that it is there.</summary>
/// <param name="session">The session; null without a PostgreSQL.</param>
sealed class Connection(NpgsqlConnection? session) : IAsyncDisposable
{
    public static async ValueTask<Connection> OpenAsync(string? database, CancellationToken cancellationToken)
    {
        if (database is null)
        {
            return new Connection(null);
        }

        // The pool is ActorPool's: Npgsql's own is off.
        var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false, ApplicationName = Program.ApplicationName }.ConnectionString);
        await session.OpenAsync(cancellationToken);
        return new Connection(session);
    }

    /// <summary>Something that only this connection can answer.</summary>
    public async ValueTask<string> WhoAsync(CancellationToken cancellationToken)
    {
        if (session is null)
        {
            return $"process {Environment.ProcessId}";
        }

        await using var command = new NpgsqlCommand("select pg_backend_pid()", session);
        return $"PostgreSQL session {await command.ExecuteScalarAsync(cancellationToken)} of process {Environment.ProcessId}";
    }

    public ValueTask DisposeAsync() => session?.DisposeAsync() ?? default;
}
