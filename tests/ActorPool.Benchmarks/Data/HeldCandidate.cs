using System.Collections.Concurrent;
using System.Data.Common;
using ActorPool.Benchmarks.Candidates;
using Npgsql;

namespace ActorPool.Benchmarks.Data;

/// <summary>Raw connections without any pool: each worker takes one when it begins and holds it until its slice is over.</summary>
readonly struct HeldCandidate : ICandidate<DbConnection>
{
    readonly ConcurrentBag<DbConnection> _connections;

    HeldCandidate(ConcurrentBag<DbConnection> connections) => _connections = connections;

    public static async ValueTask<HeldCandidate> OpenAsync(string connectionString, int size)
    {
        var connections = new ConcurrentBag<DbConnection>();
        for (var i = 0; i < size; i++)
        {
            var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
            await connection.OpenAsync();
            connections.Add(connection);
        }

        return new HeldCandidate(connections);
    }

    public ValueTask<DbConnection> AcquireAsync() => _connections.TryTake(out var connection)
        ? new ValueTask<DbConnection>(connection)
        : throw new InvalidOperationException("There are fewer connections than workers.");

    public void Release(DbConnection lease) => _connections.Add(lease);

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }
}
