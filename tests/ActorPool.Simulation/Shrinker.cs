namespace ActorPool.Simulation;

/// <summary>
/// Makes a failing schedule short: leaves out steps, first many at once, then one by one (A. Zeller, R. Hildebrandt,
/// <i>Simplifying and Isolating Failure-Inducing Input</i>, 2002), and puts options back to their defaults, as long as the same
/// promise is still broken.
/// </summary>
sealed class Shrinker(Schedule schedule, Violation violation, int lastStep)
{
    const int Options = 64;

    static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(20);

    readonly long _untilMs = Environment.TickCount64 + (long)TimeMax.TotalMilliseconds;
    Schedule _shortest = schedule with { Steps = [.. Enumerable.Range(1, lastStep)] };

    public Schedule Shrink()
    {
        while (ShrinkSteps() | ShrinkOptions())
        {
        }

        return _shortest;
    }

    bool ShrinkSteps()
    {
        var hasShrunk = false;
        for (var size = Math.Max(1, _shortest.Steps!.Length / 2); size > 0; size /= 2)
        {
            for (var start = 0; start < _shortest.Steps.Length;)
            {
                var steps = _shortest.Steps;
                int[] rest = [.. steps[..start], .. steps[Math.Min(steps.Length, start + size)..]];
                if (Fails(_shortest with { Steps = rest }))
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
