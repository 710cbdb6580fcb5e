using Npgsql;

namespace ActorPool.Benchmarks.Candidates;

/// <summary>
/// Npgsql's own pool, on a real server: opening a connection leases, closing it gives back. No command is sent.
/// </summary>
readonly struct NpgsqlCandidate : ICandidate<NpgsqlConnection>
{
    readonly NpgsqlDataSource _source;

    NpgsqlCandidate(NpgsqlDataSource source) => _source = source;

    public static async ValueTask<NpgsqlCandidate> OpenAsync(string connectionString, int size)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MinPoolSize = size,
            MaxPoolSize = size,
            Timeout = 15,
        };
        var source = NpgsqlDataSource.Create(settings);
        var leases = new List<NpgsqlConnection>();
        for (var i = 0; i < size; i++)
        {
            leases.Add(await source.OpenConnectionAsync());
        }

        foreach (var lease in leases)
        {
            await lease.DisposeAsync();
        }

        return new NpgsqlCandidate(source);
    }

    public ValueTask<NpgsqlConnection> AcquireAsync() => _source.OpenConnectionAsync();

    public void Release(NpgsqlConnection lease) => lease.Dispose();

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
