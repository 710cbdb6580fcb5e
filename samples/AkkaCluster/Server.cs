using ActorPool.Servers;
using Npgsql;
using Xunit;

namespace AkkaClusterSample;

/// <summary>What the connections are opened to: a PostgreSQL that runs already, one of the sample's own, or nothing.</summary>
sealed class Server(string name, string? connectionString, IAsyncDisposable? own) : IAsyncDisposable
{
    public string Name => name;

    public string? ConnectionString => connectionString;

    /// <summary>The most connections that were seen at a time.</summary>
    public int Most { get; private set; }

    public static async Task<Server> StartAsync(string? postgres)
    {
        if (postgres is not null)
        {
            return new Server("your PostgreSQL", postgres, null);
        }

        try
        {
            var server = await PostgresServer.StartAsync();
            return new Server("a PostgreSQL of its own", server.ConnectionString, server);
        }
        catch (SkipException)
        {
            return new Server("nothing (no PostgreSQL is installed)", null, null);
        }
    }

    /// <summary>Looks how many there are, at the server itself, until it is cancelled. The pool of reports, which has one, is not of the budget.</summary>
    public async Task CountAsync(IReadOnlyList<NodeProcess> nodes, CancellationToken end)
    {
        await using var source = connectionString is null ? null : NpgsqlDataSource.Create(connectionString);
        while (!end.IsCancellationRequested)
        {
            var open = source is null ? nodes.Sum(static node => node.Status.Open) : await CountAsync(source);
            Most = Math.Max(Most, open);
            await Task.Delay(50, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public ValueTask DisposeAsync() => own?.DisposeAsync() ?? default;

    static async Task<int> CountAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand($"select count(*) from pg_stat_activity where application_name = '{Program.ApplicationName}'");
        return (int)(long)(await command.ExecuteScalarAsync())!;
    }
}
