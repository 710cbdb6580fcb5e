using ActorPool.Actors;

namespace ActorPool.Simulation.Steps;

/// <summary>
/// An actor will be interrupted: when its mail is run, other threads get their say in the middle of it, and find its mailbox
/// taken.
/// </summary>
sealed class InterruptStep(World world, Scheduler scheduler) : Step(world)
{
    public override int Weight => 6;

    public override bool TryTake()
    {
        if (!scheduler.MayGoDeeper)
        {
            return false;
        }

        var actor = Actor(Pool());
        Note($"{actor} will be interrupted");
        actor.Post(new Interruption(World, scheduler, turns: Choices.Next(4), effects: Choices.Next(3)));
        return true;
    }

    Actor Actor(PoolSubject pool)
    {
        var slots = Peek.Slots(pool.Supervisor).All;
        if (Choices.OneIn(3) && slots.Length > 0 && slots[Choices.Next(slots.Length)].Actor is { } connection)
        {
            return connection;
        }

        return World.Budget is { } budget && Choices.OneIn(4) ? Peek.Actor(budget) : pool.Supervisor;
    }
}
