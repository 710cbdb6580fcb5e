using ActorPool.Actors;

namespace ActorPool.Simulation.Checks;

/// <summary>An actor has one timer for each of its names: one that is set anew replaces the old one.</summary>
sealed class OneTimerPerKey(World world, PoolSubject pool) : Check(world, pool)
{
    public override void AfterStep()
    {
        Look(Supervisor);
        foreach (var slot in Peek.Slots(Supervisor).All)
        {
            if (slot.Actor is { } actor)
            {
                Look(actor);
            }
        }
    }

    void Look(Actor actor)
    {
        for (var timer = Peek.Timers(actor); timer is not null; timer = timer.NextTimer)
        {
            for (var other = timer.NextTimer; other is not null; other = other.NextTimer)
            {
                if (other.Key == timer.Key)
                {
                    Fail($"{actor} has two timers {timer.Key}");
                }
            }
        }
    }
}
