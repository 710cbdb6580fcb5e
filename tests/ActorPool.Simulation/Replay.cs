using System.Globalization;

namespace ActorPool.Simulation;

/// <summary>One schedule, with everything that happens in it.</summary>
static class Replay
{
    public static int Run(Schedule schedule)
    {
        var trace = new Trace();
        var violation = new Trial(schedule, trace).Run();
        Console.Write(trace);
        Console.WriteLine(violation is null ? $"seed {schedule.Seed}: every promise was kept" : $"seed {schedule.Seed} failed: {violation}");
        return violation is null ? 0 : 1;
    }

    public static int[]? ParseSteps(string? steps) =>
        steps is null ? null : [.. steps.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(step => int.Parse(step, CultureInfo.InvariantCulture))];
}
