using System.Globalization;
using ActorPool.Budgets.Simulation.Reporting;

namespace ActorPool.Budgets.Simulation;

/// <summary>One schedule, with everything that happens in it.</summary>
static class Replay
{
    public static int Run(Schedule schedule, bool isShrunk)
    {
        if (isShrunk && new Trial(schedule).Run() is { } failure)
        {
            schedule = new Shrinker(schedule, failure).Shrink();
        }

        var trace = new Trace();
        var violation = new Trial(schedule, trace).Run();
        Console.Write(trace);
        if (schedule.Incidents is { } incidents)
        {
            Console.WriteLine($"--seed {schedule.Seed} --plain {schedule.Plain} --incidents {string.Join(',', incidents)}");
        }

        Console.WriteLine(violation is null ? $"seed {schedule.Seed}: every promise was kept" : $"seed {schedule.Seed} failed: {violation}");
        return violation is null ? 0 : 1;
    }

    public static int[]? ParseIncidents(string? incidents) =>
        incidents is null ? null : [.. incidents.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
}
