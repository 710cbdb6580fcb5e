using ActorPool.Servers;
using Npgsql;

namespace ActorPool.Data.Tests;

/// <summary>One server for all tests that do not stop it; started by the first that wants it.</summary>
public sealed class Postgres : IAsyncLifetime
{
    PostgresServer? _server;
    Exception? _missing;

    /// <summary>The server; skips the test if there is none on this machine.</summary>
    public PostgresServer Server => _server ?? throw _missing!;

    public async Task InitializeAsync()
    {
        try
        {
            _server = await PostgresServer.StartAsync();
        }
        catch (Exception error) when (error is SkipException or InvalidOperationException)
        {
            _missing = error;
        }
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>Asks until it is so.</summary>
    public async Task UntilAsync(string condition)
    {
        for (var asked = 0; !await AskAsync<bool>(condition); asked++)
        {
            Assert.True(asked < 10_000, $"It never became true: {condition}");
        }
    }

    /// <summary>As an administrator, outside every pool.</summary>
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new global::Npgsql.NpgsqlConnection(Server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
