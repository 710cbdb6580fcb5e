using System.Diagnostics;
using System.Globalization;
using ActorPool.Connections;

namespace ActorPool.Simulation;

/// <summary>Schedules one after the other, until one fails.</summary>
static class Campaign
{
    /// <summary>A seed that hardly anybody has tried.</summary>
    public static ulong FreshSeed() => (ulong)Stopwatch.GetTimestamp() % 1_000_000_000_000;

    public static int Run(int seeds, ulong from, bool isBrief)
    {
        ConnectionTransitions.Observer = Coverage.Visit;
        Console.WriteLine($"seeds {from} to {from + (ulong)seeds - 1}");
        var watch = Stopwatch.StartNew();
        var steps = 0L;
        for (var index = 0; index < seeds; index++)
        {
            var schedule = new Schedule(from + (ulong)index);
            var trial = new Trial(schedule);
            var violation = trial.Run();
            steps += trial.Steps;
            if (violation is not null)
            {
                Console.WriteLine($"seed {schedule.Seed} failed: {violation}");
                Report(index + 1, steps, watch.Elapsed);
                if (!isBrief)
                {
                    Explain(schedule, violation, trial.LastStep);
                }

                return 1;
            }
        }

        Report(seeds, steps, watch.Elapsed);
        foreach (var table in Coverage.Tables())
        {
            Console.Write(table);
        }

        return 0;
    }

    static void Report(int seeds, long steps, TimeSpan elapsed) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{seeds:N0} schedules, {steps:N0} steps ({(double)steps / seeds:0} each) in {elapsed.TotalSeconds:0.0} s: {seeds / elapsed.TotalSeconds:N0} schedules and {steps / elapsed.TotalSeconds:N0} steps per second"));

    /// <summary>What happened, in as few steps as show it.</summary>
    static void Explain(Schedule schedule, Violation violation, int lastStep)
    {
        var shortest = new Shrinker(schedule, violation, lastStep).Shrink();
        var trace = new Trace();
        new Trial(shortest, trace).Run();
        Console.WriteLine($"the same in {shortest.Steps!.Length} steps: --seed {shortest.Seed} --plain {shortest.Plain} --steps {string.Join(',', shortest.Steps)}");
        Console.Write(trace);
    }
}
