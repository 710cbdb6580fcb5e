using System.Data.Common;
using ActorPool.Benchmarks.Candidates;
using Npgsql;

namespace ActorPool.Benchmarks.Data;

/// <summary>Npgsql's own pool.</summary>
readonly struct NpgsqlDataCandidate : ICandidate<DbConnection>
{
    readonly NpgsqlDataSource _source;

    NpgsqlDataCandidate(NpgsqlDataSource source) => _source = source;

    public static async ValueTask<NpgsqlDataCandidate> OpenAsync(string connectionString, bool discards, int size)
    {
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            MinPoolSize = size,
            MaxPoolSize = size,
            NoResetOnClose = !discards,
        });
        var open = new List<NpgsqlConnection>();
        for (var i = 0; i < size; i++)
        {
            open.Add(await source.OpenConnectionAsync());
        }

        foreach (var connection in open)
        {
            await connection.DisposeAsync();
        }

        return new NpgsqlDataCandidate(source);
    }

    public ValueTask<DbConnection> AcquireAsync()
    {
        var opening = _source.OpenConnectionAsync();
        return opening.IsCompletedSuccessfully ? new ValueTask<DbConnection>(opening.Result) : AwaitAsync(opening);

        static async ValueTask<DbConnection> AwaitAsync(ValueTask<NpgsqlConnection> opening) => await opening;
    }

    public void Release(DbConnection lease) => lease.Dispose();

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
