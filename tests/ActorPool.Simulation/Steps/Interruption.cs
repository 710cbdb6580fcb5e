using ActorPool.Actors;

namespace ActorPool.Simulation.Steps;

/// <summary>
/// A message that does nothing to its actor but let others act while its turn lasts, as other threads would; and once more
/// between the turn and what it has caused.
/// </summary>
sealed class Interruption(World world, Scheduler scheduler, int turns, int effects) : MessageNode
{
    public override void Deliver(Actor actor)
    {
        world.Busy.Add(actor);
        scheduler.TakeSome(turns, $"in the middle of a turn of {actor}");
        world.Busy.Remove(actor);
        if (effects > 0)
        {
            Peek.Cause(actor, new Pause(scheduler, actor, effects));
        }
    }

    sealed class Pause(Scheduler scheduler, Actor actor, int steps) : Effect
    {
        public override EffectList Run()
        {
            scheduler.TakeSome(steps, $"between a turn of {actor} and its effects");
            return default;
        }
    }
}
