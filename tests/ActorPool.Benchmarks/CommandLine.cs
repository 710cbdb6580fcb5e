using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ActorPool.Benchmarks.Guarding;
using ActorPool.Benchmarks.Recovery.Serving;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks;

/// <summary>What can be asked for on the command line.</summary>
static class CommandLine
{
    /// <summary>The command that runs all benchmarks.</summary>
    public const string All = "all";

    const int RoundsMax = 1001;

    static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "How many slices each contender has (1 to 1001). Default 11, or 5 with --quick.",
        Recursive = true,
    };

    static readonly Option<bool> Quick = new("--quick")
    {
        Description = "Short slices: shows in some seconds that everything works, with figures to match.",
        Recursive = true,
    };

    static readonly Option<bool> Strict = new("--strict")
    {
        Description = "Exit code 1 if a target is missed.",
        Recursive = true,
    };

    static readonly Option<string?> Results = new("--results")
    {
        Description = "Writes the report, its figures as JSON and its plots into this folder, under the benchmark's name.",
        Recursive = true,
    };

    static readonly Option<bool> Guards = new("--guard")
    {
        Description = "Exit code 1 if a byte more is allocated than in the kept results, or a ratio is far worse.",
        Recursive = true,
    };

    /// <summary>Runs what the arguments ask for.</summary>
    /// <returns>
    /// 0; 1 if something went wrong or, with <c>--strict</c>, a target was missed, or with <c>--guard</c> a figure is worse; 2 if the arguments make no sense.
    /// </returns>
    public static int Run(string[] args)
    {
        Rounds.Validators.Add(CheckRounds);
        Results.Validators.Add(CheckFolder);

        var root = new RootCommand("ActorPool beside the pools that users would pick instead, in one process, as ratios.")
        {
            Command(All, "All of them.", BenchmarkList.All),
        };
        foreach (var benchmark in BenchmarkList.All)
        {
            root.Subcommands.Add(Command(benchmark.Name, benchmark.Description, [benchmark]));
        }

        root.Subcommands.Add(ServeCommand.Create());
        foreach (var option in new Option[] { Rounds, Quick, Strict, Guards, Results })
        {
            root.Options.Add(option);
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            // The last is the most particular: a missing command comes before the word that is none.
            Console.Error.WriteLine(parsed.Errors[^1].Message + " See --help.");
            return 2;
        }

        return parsed.Invoke();
    }

    static void CheckRounds(OptionResult result)
    {
        // What is no number at all is found by the parser.
        if (result.Tokens is [var token]
            && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var rounds)
            && rounds is < 1 or > RoundsMax)
        {
            result.AddError($"--rounds is {rounds}; it must be between 1 and {RoundsMax}.");
        }
    }

    static void CheckFolder(OptionResult result)
    {
        // Found out now rather than after two minutes of measuring.
        if (result.Tokens is [var token] && !Directory.Exists(token.Value))
        {
            result.AddError($"--results is {token.Value}; there is no such folder.");
        }
    }

    static Command Command(string name, string description, IReadOnlyList<Benchmark> benchmarks)
    {
        var command = new Command(name, description);
        foreach (var option in benchmarks.SelectMany(static benchmark => benchmark.Options).Distinct())
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed => Run(parsed, benchmarks));
        return command;
    }

    static int Run(ParseResult parsed, IReadOnlyList<Benchmark> benchmarks)
    {
        var options = parsed.GetValue(Quick) ? BenchmarkOptions.Quick : new BenchmarkOptions();
        options = options with { Rounds = parsed.GetResult(Rounds) is null ? options.Rounds : parsed.GetValue(Rounds) };
        var machine = Machine.Describe();
        var missed = false;
        var isWorse = false;
        foreach (var benchmark in benchmarks)
        {
            var report = new Report(Console.Out);
            report.Say($"## {benchmark.Name}");
            report.Say();
            report.Say(machine.ToString());
            benchmark.Run(new BenchmarkRun(options, parsed, report));
            report.Judge();
            isWorse |= parsed.GetValue(Guards) && !Guard.Check(benchmark.Name, report);
            report.Say();
            if (parsed.GetValue(Results) is { } folder)
            {
                ResultFiles.Write(folder, benchmark.Name, machine, report);
            }

            missed |= report.Targets.Any(static target => target is { Met: false, IsGoal: false });
        }

        return isWorse || (parsed.GetValue(Strict) && missed) ? 1 : 0;
    }
}
