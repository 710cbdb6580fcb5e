using System.Globalization;
using System.Text;

namespace ActorPool.Mutations;

/// <summary>The table of what was found, and its place in this folder's README.</summary>
sealed class ResultTable(RunOptions options, string commit)
{
    public const string File = "tests/ActorPool.Mutations/README.md";

    const string Begin = "<!-- results: written by the program -->";
    const string End = "<!-- /results -->";

    /// <summary>The table, with a sentence that says where it is from.</summary>
    public string Render(IReadOnlyList<MutationResult> results)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Commit {commit}, `--seeds {options.Seeds} --from {options.From}`: ")
            .Append(CultureInfo.InvariantCulture, $"{results.Count(result => result.Verdict.IsFound)} of {results.Count} found.\n\n")
            .Append("| | what is broken | file | found by | seeds |\n| ---: | --- | --- | --- | ---: |\n");
        foreach (var result in results)
        {
            var foundBy = result.Verdict.Kind == VerdictKind.Passed ? "**not found**"
                : result.Verdict.IsFound ? result.Verdict.Check
                : $"**{result.Verdict.Check}**";
            var seeds = result.Verdict.Kind switch
            {
                VerdictKind.Failed => result.SeedsTaken(options.From)!.Value.ToString(CultureInfo.InvariantCulture),
                VerdictKind.Hung or VerdictKind.Crashed => "unknown",
                VerdictKind.Passed => string.Create(CultureInfo.InvariantCulture, $"> {options.Seeds}"),
                _ => "–",
            };
            text.Append(CultureInfo.InvariantCulture, $"| {result.Number} | {result.Mutation.Name} | {Short(result.Mutation.File)} | {foundBy} | {seeds} |\n");
        }

        return text.ToString();
    }

    /// <summary>The page with the table between its two marks.</summary>
    /// <exception cref="InvalidDataException">The page has not both marks, once each and in order.</exception>
    public string PutInto(string page, IReadOnlyList<MutationResult> results) =>
        page.Split(Begin) is [var before, var rest] && rest.Split(End) is [_, var after]
            ? $"{before}{Begin}\n\n{Render(results)}\n{End}{after}"
            : throw new InvalidDataException($"{File} must have the lines '{Begin}' and '{End}', once each and in this order.");

    public void WriteTo(string file, IReadOnlyList<MutationResult> results) =>
        System.IO.File.WriteAllText(file, PutInto(System.IO.File.ReadAllText(file), results));

    static string Short(string file) => $"`{file["src/ActorPool/".Length..]}`";
}
