using ActorPool.Benchmarks.Data;
using ActorPool.Benchmarks.Http;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Pipelining;
using ActorPool.Benchmarks.Reporting;
using ActorPool.Benchmarks.Scenarios;
using ActorPool.Benchmarks.Sizing;
using ActorPool.Servers;

namespace ActorPool.Benchmarks;

/// <summary>
/// The benchmarks: what a lease costs, what asking for it costs, what an idle connection weighs, what real connections carry.
/// </summary>
sealed class BenchmarkRun(BenchmarkOptions options, Report report)
{
    public void Lease()
    {
        var postgres = Candidates.PostgresServer.Find(out var missing);
        if (postgres is null)
        {
            report.Say($"Npgsql's pool is left out: {missing}.");
        }

        var field = new Field(postgres);
        Run(new LoneCallerScenario(), field);
        Run(new NoWorkScenario(2), field);
        Run(new NoWorkScenario(8), field);
        Run(new NoWorkScenario(64), field);
        Run(new HandOffScenario(), field);
        Run(new ShortWorkScenario(), field);
    }

    public void Ask() => Run(new AskScenario(), new Field(postgres: null));

    public void Size()
    {
        var (results, target) = SizeBenchmark.Run();
        report.Add(results, [target]);
    }

    /// <summary>Database connections, on a server of its own unless it is given one.</summary>
    public void Data(string? connectionString, IReadOnlyList<int> counts)
    {
        PostgresServer? server = null;
        try
        {
            if (connectionString is null)
            {
                server = PostgresServer.StartAsync().GetAwaiter().GetResult();
                connectionString = server.ConnectionString;
            }

            foreach (var discards in new[] { false, true })
            {
                foreach (var callers in counts)
                {
                    Run(new SelectScenario(connectionString, callers, discards), new Field(postgres: null));
                }
            }
        }
        catch (Xunit.SkipException missing)
        {
            report.Say($"Databases are left out: {missing.Message}");
        }
        finally
        {
            server?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    public void Redis()
    {
        if (RedisBenchmark.TryStart() is not { } server)
        {
            report.Say("Redis is left out: redis-server is not installed (apt-get install redis-server).");
            return;
        }

        try
        {
            var field = new Field(postgres: null);
            foreach (var depth in new[] { 1, 10, 100 })
            {
                Run(new RedisScenario(server.Port, depth), field);
            }
        }
        finally
        {
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    public void Http()
    {
        foreach (var result in new HttpBenchmark(options).Run())
        {
            report.Add(result, HttpBenchmark.Judge([result]));
        }
    }

    void Run(Scenario scenario, Field field) => report.Add(Tournament.Run(scenario, field, options));
}
