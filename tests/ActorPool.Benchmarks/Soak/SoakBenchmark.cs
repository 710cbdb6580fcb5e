using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ActorPool.Benchmarks.Soak;

/// <summary>Leases in bad weather for a long time: whether memory, handles, timers and slots stay what they are.</summary>
sealed class SoakBenchmark() : Benchmark("soak", "Whether anything grows while leases go through bad weather for minutes.")
{
    const double MinutesDefault = 10;
    const double MinutesAmongOthers = 1;
    const double MinutesQuick = 0.1;
    const double MinutesMax = 24 * 60;
    const int ThreadsMin = 8;

    static readonly Option<double> Minutes = NewMinutes();

    static readonly Option<int> Seed = new("--seed")
    {
        Description = "Repeats the weather and the callers' dice of an earlier soak. Default random.",
    };

    static readonly Option<LeakKind> Leak = new("--leak")
    {
        Description = "Leaks something on purpose, to show that it is found.",
    };

    public override IReadOnlyList<Option> Options { get; } = [Minutes, Seed, Leak];

    public override void Run(BenchmarkRun run)
    {
        var minutes = run.IsGiven(Minutes) ? run.Get(Minutes)
            : run.Options.IsQuick ? MinutesQuick
            : run.IsOneOfMany ? MinutesAmongOthers
            : MinutesDefault;
        var seed = run.IsGiven(Seed) ? run.Get(Seed) : Random.Shared.Next(100_000);
        var plan = new SoakPlan(TimeSpan.FromMinutes(minutes), seed, run.Get(Leak));
        run.Report.Say();
        run.Report.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"Not in rounds: {minutes:0.##} minutes of storms of {plan.Storm.TotalSeconds:0.##} s, with a rest after each; seed {seed}."));
        WithFixedThreads(() => RunAsync(run, plan).GetAwaiter().GetResult());
    }

    static async Task RunAsync(BenchmarkRun run, SoakPlan plan)
    {
        await using var surroundings = Surroundings.Start(plan.Seed, run.Report);
        SoakReport.Write(run.Report, plan, surroundings, await SoakRun.RunAsync(plan, surroundings));
    }

    /// <summary>
    /// As many threads from the beginning to the end: each has some 60 kB of memory of its own (buffers, state machines), and a busy
    /// machine has the thread pool make more. Nothing here may block a thread: it would show.
    /// </summary>
    static void WithFixedThreads(Action action)
    {
        var threads = Math.Max(ThreadsMin, 2 * Environment.ProcessorCount);
        ThreadPool.GetMinThreads(out var minWorkers, out var minPorts);
        ThreadPool.GetMaxThreads(out var maxWorkers, out var maxPorts);
        ThreadPool.SetMinThreads(threads, minPorts);
        ThreadPool.SetMaxThreads(threads, maxPorts);
        try
        {
            action();
        }
        finally
        {
            ThreadPool.SetMaxThreads(maxWorkers, maxPorts);
            ThreadPool.SetMinThreads(minWorkers, minPorts);
        }
    }

    static Option<double> NewMinutes()
    {
        var option = new Option<double>("--minutes")
        {
            Description = "How long, from 0.05 to 1440. Default 10; 1 as one of all benchmarks, 0.1 with --quick.",
        };
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [var token]
                && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var minutes)
                && minutes is not (>= 0.05 and <= MinutesMax))
            {
                result.AddError($"--minutes is {token.Value}; it must be between 0.05 and {MinutesMax}.");
            }
        });
        return option;
    }
}
