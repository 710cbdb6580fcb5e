using ActorPool.Actors;

namespace ActorPool.Simulation.Steps.Groups;

/// <summary>An actor of a group will be interrupted: its supervisor, an acquire that waits, a member's supervisor or connection.</summary>
sealed class GroupInterruptStep(World world, Scheduler scheduler) : Step(world)
{
    public override int Weight => 6;

    public override bool TryTake()
    {
        if (!scheduler.MayGoDeeper)
        {
            return false;
        }

        var actor = Actor(World.Group!);
        Note($"{actor} will be interrupted");
        actor.Post(new Interruption(World, scheduler, turns: Choices.Next(4), effects: Choices.Next(3)));
        return true;
    }

    Actor Actor(GroupSubject group)
    {
        var kind = Choices.Next(6);
        if (kind < 2 || group.Members.Count == 0)
        {
            return group.Supervisor;
        }

        if (kind == 2)
        {
            foreach (var route in Peek.Waiting(group.Supervisor).Keys)
            {
                return route;
            }
        }

        if (Choices.Pick(group.Members) is not { IsMade: true, Supervisor: var member })
        {
            return group.Supervisor;
        }

        var slots = Peek.Slots(member).All;
        return kind == 3 && slots.Length > 0 && slots[Choices.Next(slots.Length)].Actor is { } connection ? connection : member;
    }
}
