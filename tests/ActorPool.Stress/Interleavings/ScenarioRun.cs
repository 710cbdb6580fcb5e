using System.Diagnostics;

namespace ActorPool.Stress;

/// <summary>One scenario, run for a while with so many threads.</summary>
static class ScenarioRun
{
    // An actor that waits for another one for so long waits for ever.
    static readonly TimeSpan PatienceDefault = TimeSpan.FromSeconds(60);

    /// <summary>Runs at least one batch; ends early at an outcome that is forbidden.</summary>
    /// <param name="scenario">What is run: by one crew, if it is for any number of actors, otherwise by as many as there are threads for.</param>
    /// <param name="threads">How many threads.</param>
    /// <param name="time">How long.</param>
    /// <param name="seed">Of the offsets between the actors.</param>
    /// <param name="patience">How much longer than that may be waited for an actor; null for a minute.</param>
    public static ScenarioResult Run(Scenario scenario, int threads, TimeSpan time, ulong seed, TimeSpan? patience = null)
    {
        var actors = scenario.Actors == 0 ? threads : scenario.Actors;
        var outcomes = scenario.Outcomes(actors);
        var isCrowded = Math.Max(threads, actors) > Environment.ProcessorCount;
        var crews = Enumerable.Range(0, Math.Max(1, threads / actors))
            .Select(crew => scenario.NewCrew(actors, seed + (ulong)crew, isCrowded))
            .ToArray();
        var isBroken = false;
        var watch = Stopwatch.StartNew();
        foreach (var crew in crews)
        {
            crew.Start(seen =>
            {
                if (seen.Any(outcome => outcomes.Find(outcome).Verdict == Verdict.Forbidden))
                {
                    Volatile.Write(ref isBroken, true);
                }

                return watch.Elapsed < time && !Volatile.Read(ref isBroken);
            });
        }

        var isStuck = false;
        foreach (var crew in crews)
        {
            isStuck |= !crew.Join(isStuck ? TimeSpan.Zero : time + (patience ?? PatienceDefault));
        }

        // Who is stuck may still be counting.
        var counts = isStuck ? [] : crews.SelectMany(crew => crew.Counts)
            .GroupBy(count => count.Key, count => count.Value)
            .ToDictionary(group => group.Key, group => group.Sum());
        return new ScenarioResult(scenario, outcomes, actors, crews.Length, seed, watch.Elapsed, crews.Sum(crew => crew.Runs), counts)
        {
            IsStuck = isStuck,
            Error = crews.Select(crew => crew.Error).FirstOrDefault(error => error is not null),
        };
    }
}
