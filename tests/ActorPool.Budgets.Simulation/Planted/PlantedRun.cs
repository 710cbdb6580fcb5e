using System.Diagnostics;
using System.Globalization;

namespace ActorPool.Budgets.Simulation.Planted;

/// <summary>Plants one bug after the other, and says which of them the simulation finds.</summary>
static class PlantedRun
{
    const int Quick = 2_000;

    /// <returns>The exit code: 0 if every bug was found within its seeds, 1 if not.</returns>
    public static int Run(ulong from, string? only, bool isQuick)
    {
        var sources = new BrokenSources();
        var missed = 0;
        var tried = 0;
        foreach (var bug in BugList.All.Where(bug => (!isQuick || bug.Seeds <= Quick) && (only is null || bug.Name.Contains(only, StringComparison.OrdinalIgnoreCase))))
        {
            var watch = Stopwatch.StartNew();
            var failure = sources.Run(bug, from, Environment.ProcessorCount);
            missed += failure is null ? 1 : 0;
            tried++;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{bug.Name} | {watch.Elapsed.TotalSeconds:0.0} s | {failure ?? $"NOT FOUND by {bug.Check} within {bug.Seeds} seeds"}"));
        }

        Console.WriteLine($"{tried - missed} of {tried} bugs found.");
        return missed == 0 ? 0 : 1;
    }
}
