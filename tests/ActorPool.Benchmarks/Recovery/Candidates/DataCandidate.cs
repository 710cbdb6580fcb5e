using System.Globalization;
using ActorPool.Data;
using Npgsql;

namespace ActorPool.Benchmarks.Recovery.Candidates;

/// <summary>Npgsql's connections, pooled by ActorPool.Data.</summary>
sealed class DataCandidate(string connectionString) : RecoveryCandidate
{
    readonly PooledDbDataSource _source = PooledDbDataSource.Create(NpgsqlFactory.Instance, connectionString, Limits.Pool("data"));

    public override long? Connects => _source.Pool.Snapshot() is var now ? now.Opened + now.OpensFailed : null;

    /// <summary>A query that takes as long as every candidate's request.</summary>
    public static string Query { get; } = string.Create(CultureInfo.InvariantCulture, $"SELECT pg_sleep({Limits.WorkMs / 1000.0})");

    public override async ValueTask RequestAsync(RequestNote note)
    {
        await using var connection = await _source.OpenConnectionAsync();
        note.Sent();
        await using var command = connection.CreateCommand();
        command.CommandText = Query;
        await command.ExecuteScalarAsync();
    }

    public override ValueTask DisposeAsync() => _source.DisposeAsync();
}
