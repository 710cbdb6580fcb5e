using System.CommandLine;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Plotting;
using ActorPool.Servers;

namespace ActorPool.Benchmarks.Data;

/// <summary>Database connections, on a server of its own unless it is given one.</summary>
sealed class DataBenchmark() : Benchmark("data", "What a database connection carries, beside Npgsql's own pool.")
{
    static readonly int[] CallerCounts = [1, 8, 32];

    readonly Option<string?> _database = new("--connection-string")
    {
        Description = "data: a PostgreSQL server to measure on, in Npgsql's words. Default: one of its own.",
    };

    public override IReadOnlyList<Option> Options => [_database, Counts.Callers];

    public override void Run(BenchmarkRun run)
    {
        if (run.Get(_database) is { } given)
        {
            Run(run, given);
        }
        else if (OptionalServer.TryStart(() => PostgresServer.StartAsync(), run.Report) is { } server)
        {
            try
            {
                Run(run, server.ConnectionString);
            }
            finally
            {
                server.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
        }
    }

    static void Run(BenchmarkRun run, string connectionString)
    {
        foreach (var discards in new[] { false, true })
        {
            foreach (var callers in Counts.Chosen(run, Counts.Callers, CallerCounts))
            {
                run.Compete(new SelectScenario(connectionString, callers, discards), new Field(postgres: null));
            }
        }

        run.Report.Draw(SectionChart.Of(run.Report.Sections, "throughput × Npgsql's", "throughput", "Queries per second, beside Npgsql's own pool = 1"));
    }
}
