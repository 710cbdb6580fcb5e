using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ActorPool.Benchmarks;

/// <summary>How many of something, several runs one after the other.</summary>
static class Counts
{
    const int CountMax = 10_000;

    /// <summary>Understood by every benchmark that has callers.</summary>
    public static Option<int[]> Callers { get; } = Option(
        "--callers", "How many callers, ascending (1 to 10000 each). Default 1 8 32 for data; 1 2 4 … 256 for callers, or 1 256 with --quick.");

    /// <summary>An option that takes counts.</summary>
    public static Option<int[]> Option(string name, string description)
    {
        var option = new Option<int[]>(name) { Description = description, AllowMultipleArgumentsPerToken = true };
        option.Validators.Add(static result => Check(result));
        return option;
    }

    static void Check(OptionResult result)
    {
        // What is no number at all is found by the parser.
        var before = 0;
        foreach (var token in result.Tokens)
        {
            if (int.TryParse(token.Value, CultureInfo.InvariantCulture, out var count))
            {
                if (count <= before || count > CountMax)
                {
                    result.AddError($"{result.Option.Name} has {count} after {before}; they must be ascending, from 1 to {CountMax}.");
                }

                before = count;
            }
        }
    }

    /// <summary>What was asked for, or what is usual.</summary>
    public static int[] Chosen(BenchmarkRun run, Option<int[]> option, int[] usual) => run.Get(option) is { Length: > 0 } chosen ? chosen : usual;
}
