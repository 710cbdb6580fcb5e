using System.Data.Common;
using ActorPool.Benchmarks.Candidates;
using ActorPool.Data;
using Npgsql;

namespace ActorPool.Benchmarks.Data;

/// <summary>Our data source over Npgsql's connections: opening a connection leases, closing it gives back.</summary>
readonly struct DataCandidate : ICandidate<DbConnection>
{
    readonly PooledDbDataSource _source;

    DataCandidate(PooledDbDataSource source) => _source = source;

    public static async ValueTask<DataCandidate> OpenAsync(string connectionString, bool discards, int size)
    {
        var source = PooledDbDataSource.Create(
            NpgsqlFactory.Instance,
            connectionString,
            new PoolOptions { Name = "data", MinSize = size, MaxSize = size },
            new DbConnectorOptions { Reset = discards ? DbReset.Session : DbReset.None });
        await source.Pool.WarmUpAsync(size);
        return new DataCandidate(source);
    }

    public ValueTask<DbConnection> AcquireAsync()
    {
        var opening = _source.OpenConnectionAsync();
        return opening.IsCompletedSuccessfully ? new ValueTask<DbConnection>(opening.Result) : AwaitAsync(opening);

        static async ValueTask<DbConnection> AwaitAsync(ValueTask<PooledDbConnection> opening) => await opening;
    }

    public void Release(DbConnection lease) => lease.Dispose();

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
