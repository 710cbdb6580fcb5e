namespace ActorPool.Simulation.Steps.Groups;

/// <summary>A name that is being looked up is found, or not.</summary>
sealed class LookupStep(World world) : Step(world)
{
    public override int Weight => 3;

    public override bool GoesOn => true;

    public override bool TryTake()
    {
        var names = World.Group!.Names;
        if (names.Pending.Count == 0 || Choices.Pick(names.Pending) is not { CanEnd: true } lookup)
        {
            return false;
        }

        names.End(lookup);
        return true;
    }
}
