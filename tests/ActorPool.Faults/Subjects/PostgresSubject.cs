using ActorPool.Data;
using ActorPool.Servers;
using ActorPool.TestKit;
using Npgsql;

namespace ActorPool.Faults.Subjects;

/// <summary>Queries of a real PostgreSQL, through the pooled data source.</summary>
sealed class PostgresSubject(PostgresServer server) : Subject
{
    public override string Name => "PostgreSQL";

    public override int Port => server.Port;

    /// <summary>Npgsql asks the server to cancel first, which it tries for <c>Timeout</c>, and then waits for the answer.</summary>
    public override TimeSpan CancelsWithin => TimeSpan.FromSeconds(1.2);

    public static async Task<Subject> StartAsync() => new PostgresSubject(await PostgresServer.StartAsync());

    public override ISession Begin(FaultProxy proxy) => new Session(PooledDbDataSource.Create(
        NpgsqlFactory.Instance,
        new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Host = proxy.Host,
            Port = proxy.Port,
            // A query that is cancelled is cancelled at the server first, over a connection of its own, for so many seconds at
            // most; then its answer is waited for so many milliseconds.
            Timeout = 1,
            CancellationTimeout = 200,
        }.ConnectionString,
        Options(Name)));

    public override ValueTask DisposeAsync() => server.DisposeAsync();

    sealed class Session(PooledDbDataSource source) : ISession
    {
        public PoolSnapshot Snapshot() => source.Pool.Snapshot();

        public async ValueTask<string> AskAsync(string question, CancellationToken cancellationToken)
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT @question";
            command.Parameters.Add(new NpgsqlParameter("question", question));
            return await command.ExecuteScalarAsync(cancellationToken) as string ?? "";
        }

        public ValueTask DisposeAsync() => source.DisposeAsync();
    }
}
