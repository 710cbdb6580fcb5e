using Npgsql;

namespace ActorPool.Servers;

/// <summary>One PostgreSQL for all tests that do not stop it.</summary>
public sealed class SharedPostgres() : SharedServer<PostgresServer>(static () => PostgresServer.StartAsync())
{
    const int AskedMax = 10_000;

    /// <summary>As an administrator, outside every pool.</summary>
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Server.ConnectionString + ";Pooling=false;Application Name=administrator");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Asks until it is so.</summary>
    public async Task UntilAsync(string condition)
    {
        for (var asked = 0; !await AskAsync<bool>(condition); asked++)
        {
            if (asked == AskedMax)
            {
                throw new InvalidOperationException($"It never became true: {condition}");
            }
        }
    }
}
