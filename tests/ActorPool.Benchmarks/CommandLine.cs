using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks;

/// <summary>What can be asked for on the command line.</summary>
static class CommandLine
{
    const int RoundsMax = 1001;

    static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "How many slices each contender has (1 to 1001). Default 11, or 3 with --quick.",
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

    static readonly Option<string?> Json = new("--json")
    {
        Description = "Writes every round's figures to this file.",
        Recursive = true,
    };

    static readonly Option<string?> Database = new("--connection-string")
    {
        Description = "A PostgreSQL server to measure on, in Npgsql's words. Default: one of its own.",
    };

    static readonly Option<int[]> Callers = new("--callers")
    {
        Description = "How many callers share the 8 connections; several runs, one after the other. Default 1 8 32.",
        DefaultValueFactory = static _ => [1, 8, 32],
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Runs what the arguments ask for.</summary>
    /// <returns>
    /// 0; 1 if something went wrong or, with <c>--strict</c>, a target was missed; 2 if the arguments make no sense.
    /// </returns>
    public static int Run(string[] args)
    {
        Rounds.Validators.Add(CheckRounds);
        Json.Validators.Add(CheckFolder);

        var root = new RootCommand("ActorPool beside the pools that users would pick instead, in one process, as ratios.")
        {
            Command("lease", "What a lease costs: alone, contended, handed from one to the next, in use.", static b => b.Lease()),
            Command("ask", "What a lease by message costs, beside the direct one.", static b => b.Ask()),
            Command("size", "What an idle connection weighs.", static b => b.Size()),
            Command("data", "What a database connection carries, beside Npgsql's own pool.", static (b, parsed) => b.Data(parsed.GetValue(Database), parsed.GetValue(Callers)!), Database, Callers),
            Command("redis", "What a Redis pool costs beside raw sockets that speak the same bytes.", static b => b.Redis()),
            Command("http", "What a GET costs over leased connections, beside HttpClient's own.", static b => b.Http()),
            Command("all", "All of them.", static b =>
            {
                b.Lease();
                b.Ask();
                b.Size();
                b.Data(connectionString: null, [1, 8, 32]);
                b.Http();
                b.Redis();
            }),
        };
        foreach (var option in new Option[] { Rounds, Quick, Strict, Json })
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
        if (result.Tokens is [var token]
            && Path.GetDirectoryName(Path.GetFullPath(token.Value)) is { } folder
            && !Directory.Exists(folder))
        {
            result.AddError($"--json is {token.Value}; there is no folder {folder}.");
        }
    }

    static Command Command(string name, string description, Action<BenchmarkRun> run) =>
        Command(name, description, (benchmarks, _) => run(benchmarks));

    static Command Command(string name, string description, Action<BenchmarkRun, ParseResult> run, params Option[] options)
    {
        var command = new Command(name, description);
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed => Run(parsed, benchmarks => run(benchmarks, parsed)));
        return command;
    }

    static int Run(ParseResult parsed, Action<BenchmarkRun> run)
    {
        var options = parsed.GetValue(Quick) ? BenchmarkOptions.Quick : new BenchmarkOptions();
        options = options with { Rounds = parsed.GetResult(Rounds) is null ? options.Rounds : parsed.GetValue(Rounds) };
        var machine = Machine.Describe();
        var report = new Report(Console.Out);
        report.Say(machine.ToString());
        report.Say(
            $"{options.Rounds} rounds of {options.Slice.TotalMilliseconds} ms, candidates in rotating order; " +
            "ratios are medians of the rounds' ratios.");
        run(new BenchmarkRun(options, report));
        report.Judge();
        if (parsed.GetValue(Json) is { } path)
        {
            JsonReport.Write(path, machine, report);
        }

        return parsed.GetValue(Strict) && report.Targets.Any(static target => target is { Met: false, IsGoal: false }) ? 1 : 0;
    }
}
