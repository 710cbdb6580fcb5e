using ActorPool.Benchmarks.Recovery.Serving;
using ActorPool.Servers;
using Npgsql;

namespace ActorPool.Benchmarks.Recovery.Candidates;

/// <summary>Everybody who takes part.</summary>
static class RecoveryField
{
    public const string Tcp = "ActorPool (TCP)";
    public const string Data = "ActorPool.Data";
    public const string Http = "ActorPool.Http";

    /// <summary>Ours.</summary>
    public static IReadOnlyList<string> Ours { get; } = [Tcp, Data, Http];

    /// <summary>Each of ours and who does the same.</summary>
    /// <param name="postgres">A PostgreSQL, reached through the servers that are killed; null leaves its clients out.</param>
    public static IEnumerable<RecoveryEntry> All(PostgresServer? postgres)
    {
        yield return new RecoveryEntry(Tcp, Service.Echo, static (port, logsIn) => new(TcpCandidate.Open(port, logsIn)));
        yield return new RecoveryEntry("Channel<T> by hand", Service.Echo, HandMadeCandidate.OpenAsync);
        if (postgres is not null)
        {
            yield return new RecoveryEntry(Data, Service.Relay, (port, _) => new(new DataCandidate(Through(postgres, port))));
            yield return new RecoveryEntry("Npgsql's own pool", Service.Relay, (port, _) => new(new NpgsqlCandidate(Through(postgres, port))));
        }

        yield return new RecoveryEntry(Http, Service.Http, static (port, _) => new(HttpClientCandidate.Ours(port, waits: true)));
        yield return new RecoveryEntry("HttpClient", Service.Http, static (port, _) => new(HttpClientCandidate.Theirs(port)));
    }

    /// <summary>What some options of ours change.</summary>
    public static IEnumerable<RecoveryEntry> Variants()
    {
        yield return new RecoveryEntry(
            $"{Tcp}, UnavailableAfter 0.5 s",
            Service.Echo,
            static (port, logsIn) => new(TcpCandidate.Open(port, logsIn, static options => options.UnavailableAfter = TimeSpan.FromSeconds(0.5))));
        yield return new RecoveryEntry(
            $"{Http}, UnavailableAfter 0 (its default)", Service.Http, static (port, _) => new(HttpClientCandidate.Ours(port, waits: false)));
    }

    static string Through(PostgresServer postgres, int port) =>
        new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Port = port }.ConnectionString;
}
