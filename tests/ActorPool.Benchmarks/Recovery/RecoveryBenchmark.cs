using System.CommandLine;
using ActorPool.Servers;

namespace ActorPool.Benchmarks.Recovery;

/// <summary>A server that is killed and comes back, on real sockets: how soon everything is as before, and at what cost.</summary>
sealed class RecoveryBenchmark() : Benchmark("recovery", "How pools come back when their server was killed, and what they do to one that is ill.")
{
    const string Reconnect = "reconnect";
    const string Outage = "outage";
    const string Dying = "dying";

    readonly Option<string[]> _parts = new("--parts")
    {
        Description = $"recovery: which of its parts, {Reconnect}, {Outage} or {Dying}; several may be named. Default all.",
        DefaultValueFactory = static _ => [Reconnect, Outage, Dying],
        AllowMultipleArgumentsPerToken = true,
    };

    public override IReadOnlyList<Option> Options => [_parts.AcceptOnlyFromAmong(Reconnect, Outage, Dying)];

    public override void Run(BenchmarkRun run) => RunAsync(run, run.Get(_parts)).GetAwaiter().GetResult();

    static async Task RunAsync(BenchmarkRun run, string[] parts)
    {
        var isQuick = run.Options.IsQuick;
        if (parts.Contains(Reconnect))
        {
            run.Report.Add(await ReconnectMeasurement.RunAsync(isQuick));
        }

        if (!parts.Contains(Outage) && !parts.Contains(Dying))
        {
            return;
        }

        var postgres = OptionalServer.TryStart(() => PostgresServer.StartAsync("max_connections=300"), run.Report);
        try
        {
            if (parts.Contains(Outage))
            {
                run.Report.Add(await new OutageMeasurement(postgres, isQuick).RunAsync());
            }

            if (parts.Contains(Dying))
            {
                run.Report.Add(await new DyingServerMeasurement(postgres, isQuick).RunAsync());
            }
        }
        finally
        {
            if (postgres is not null)
            {
                await postgres.DisposeAsync();
            }
        }
    }
}
