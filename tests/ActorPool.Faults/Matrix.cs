using System.Globalization;
using ActorPool.Faults.Subjects;
using ActorPool.TestKit;
using Spectre.Console;

namespace ActorPool.Faults;

/// <summary>Runs every fault against every subject, the subjects beside each other, and prints what came of it.</summary>
sealed class Matrix(IReadOnlyList<Subject> subjects, IAnsiConsole console)
{
    /// <returns>Whether everything that must hold held.</returns>
    public async Task<bool> RunAsync(IReadOnlyList<FaultPlan> plans)
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumn("fault");
        foreach (var subject in subjects)
        {
            table.AddColumn(subject.Name);
        }

        List<string> violations = [];
        var wrong = 0;
        var wrongOfControl = 0;
        // the first calls find code that is not compiled yet
        await Task.WhenAll(subjects.Select(static subject => new Cell(subject, FaultPlan.All[0]).RunAsync()));
        foreach (var plan in plans)
        {
            var results = await Task.WhenAll(subjects.Select(subject => new Cell(subject, plan).RunAsync()));
            table.AddRow([plan.Name, .. results.Select(Text)]);
            foreach (var (subject, result) in subjects.Zip(results))
            {
                if (subject.IsControl)
                {
                    wrongOfControl += result.Wrong;
                }
                else
                {
                    wrong += result.Wrong;
                    violations.AddRange(result.Violations.Select(violation => $"{subject.Name}, {plan.Name}: {violation}"));
                }
            }
        }

        if (wrongOfControl == 0 && plans.Any(static plan => plan.Fault == Fault.Hang))
        {
            violations.Add("The control has read no wrong reply: does the matrix see any?");
        }

        console.WriteLine("Calls served / failed (the longest until a failure); from the fault's end until every connection worked again.");
        console.Write(table);
        violations.ForEach(violation => console.WriteLine(violation));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{wrong} wrong replies (the control: {wrongOfControl}); {violations.Count} violations."));
        return violations.Count == 0;
    }

    static string Text(CellResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Served} / {result.Failed}{(result.Failed == 0 ? "" : $" ({result.LongestFailure.TotalMilliseconds:F0} ms)")}{(result.Wrong == 0 ? "" : $", {result.Wrong} wrong")}; {result.Recovery.TotalMilliseconds:F0} ms{(result.Violations.Count > 0 ? " !" : "")}");
}
