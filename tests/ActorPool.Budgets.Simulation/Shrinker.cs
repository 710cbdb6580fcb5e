namespace ActorPool.Budgets.Simulation;

/// <summary>
/// Makes a failing schedule short: leaves out incidents, first many at once, then one by one (A. Zeller, R. Hildebrandt,
/// <i>Simplifying and Isolating Failure-Inducing Input</i>, 2002), and makes options plain, as long as the same promise is still broken.
/// </summary>
sealed class Shrinker(Schedule schedule, Violation violation)
{
    const int Options = 40;

    static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(20);

    readonly long _untilMs = Environment.TickCount64 + (long)TimeMax.TotalMilliseconds;
    Schedule _shortest = schedule with { Incidents = schedule.Incidents ?? [.. Enumerable.Range(1, new Trial(schedule).Incidents)] };

    public Schedule Shrink()
    {
        while (ShrinkIncidents() | ShrinkOptions())
        {
        }

        return _shortest;
    }

    bool ShrinkIncidents()
    {
        var hasShrunk = false;
        for (var size = Math.Max(1, _shortest.Incidents!.Length / 2); size > 0; size /= 2)
        {
            for (var start = 0; start < _shortest.Incidents.Length;)
            {
                var incidents = _shortest.Incidents;
                int[] rest = [.. incidents[..start], .. incidents[Math.Min(incidents.Length, start + size)..]];
                if (Fails(_shortest with { Incidents = rest }))
                {
                    hasShrunk = true;
                }
                else
                {
                    start += size;
                }
            }
        }

        return hasShrunk;
    }

    bool ShrinkOptions()
    {
        var hasShrunk = false;
        for (var option = 0; option < Options; option++)
        {
            var bit = 1UL << option;
            hasShrunk |= (_shortest.Plain & bit) == 0 && Fails(_shortest with { Plain = _shortest.Plain | bit });
        }

        return hasShrunk;
    }

    bool Fails(Schedule candidate)
    {
        if (Environment.TickCount64 > _untilMs || new Trial(candidate).Run()?.Check != violation.Check)
        {
            return false;
        }

        _shortest = candidate;
        return true;
    }
}
