using Npgsql;

namespace ActorPool.Benchmarks.Recovery.Candidates;

/// <summary>Npgsql's own pool.</summary>
sealed class NpgsqlCandidate(string connectionString) : RecoveryCandidate
{
    readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
    {
        MinPoolSize = Limits.Connections,
        MaxPoolSize = Limits.Connections,
    });

    long _failedConnects;

    /// <summary>Those that failed: each is a caller's failure.</summary>
    public override long? Connects => Interlocked.Read(ref _failedConnects);

    public override async ValueTask RequestAsync(RequestNote note)
    {
        await using var connection = await OpenAsync();
        note.Sent();
        await using var command = connection.CreateCommand();
        command.CommandText = DataCandidate.Query;
        await command.ExecuteScalarAsync();
    }

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    async ValueTask<NpgsqlConnection> OpenAsync()
    {
        try
        {
            return await _source.OpenConnectionAsync();
        }
        catch (NpgsqlException)
        {
            Interlocked.Increment(ref _failedConnects);
            throw;
        }
    }
}
