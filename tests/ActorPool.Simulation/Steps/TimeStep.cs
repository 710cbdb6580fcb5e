namespace ActorPool.Simulation.Steps;

/// <summary>Time passes: to the next timer, a little, or a lot at once and every timer late.</summary>
sealed class TimeStep(World world) : Step(world)
{
    public override int Weight => 9;

    public override bool MayInterrupt => false;

    public override bool TryTake()
    {
        if (World.Depth > 0)
        {
            // What is in the middle of something knows its time already; the checks would not know what to compare.
            return false;
        }

        var time = World.Time;
        switch (Choices.Next(8))
        {
            case 0:
                var leap = Choices.Ms(1, 20);
                Note($"time leaps by {leap.TotalMilliseconds} ms, and no timer fires");
                World.LeaptMs += (long)leap.TotalMilliseconds;
                time.Leap(leap);
                break;
            case 1 or 2:
                Advance(Choices.Ms(0, 3));
                break;
            default:
                if (time.NextTimerIn is not { } next)
                {
                    return false;
                }

                Advance(next);
                break;
        }

        return true;
    }

    void Advance(TimeSpan by)
    {
        Note($"time passes: {by.TotalMilliseconds} ms");
        World.Time.Advance(by);
    }
}
