using ActorPool.Benchmarks.Candidates;
using ActorPool.Benchmarks.Http;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;
using ActorPool.Benchmarks.Scenarios;
using ActorPool.Benchmarks.Sizing;

namespace ActorPool.Benchmarks;

/// <summary>
/// The three benchmarks: what a lease costs, what asking for it costs, what an idle connection weighs.
/// </summary>
sealed class BenchmarkRun(BenchmarkOptions options, Report report)
{
    public void Lease()
    {
        var postgres = PostgresServer.Find(out var missing);
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

    public void Http()
    {
        foreach (var result in new HttpBenchmark(options).Run())
        {
            report.Add(result, HttpBenchmark.Judge([result]));
        }
    }

    void Run(Scenario scenario, Field field) => report.Add(Tournament.Run(scenario, field, options));
}
