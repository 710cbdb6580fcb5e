using System.CommandLine;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks;

/// <summary>What a benchmark is told, and where it says what it has found.</summary>
sealed class BenchmarkRun(BenchmarkOptions options, ParseResult parsed, Report report)
{
    bool _hasCompeted;

    public BenchmarkOptions Options { get; } = options;

    public Report Report { get; } = report;

    /// <summary>What the command line says, or the option's default.</summary>
    public T Get<T>(Option<T> option) => parsed.GetValue(option)!;

    /// <summary>Whether the command line says anything about it.</summary>
    public bool IsGiven(Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>Whether all benchmarks were asked for, rather than this one.</summary>
    public bool IsOneOfMany => parsed.CommandResult.Command.Name == CommandLine.All;

    /// <summary>Lets the contenders of a scenario take turns, and reports them.</summary>
    public ScenarioResult Compete(Scenario scenario, Field field)
    {
        if (!_hasCompeted)
        {
            _hasCompeted = true;
            Report.Say(
                $"{Options.Rounds} rounds of {Options.Slice.TotalMilliseconds} ms, candidates in rotating order; " +
                "ratios are medians of the rounds' ratios.");
        }

        var result = Tournament.Run(scenario, field, Options);
        Report.Add(ScenarioSection.Of(result));
        return result;
    }
}
