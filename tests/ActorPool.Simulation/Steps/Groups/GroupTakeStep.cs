namespace ActorPool.Simulation.Steps.Groups;

/// <summary>A caller at a group looks at its answer.</summary>
sealed class GroupTakeStep(World world) : Step(world)
{
    public override int Weight => 12;

    public override bool GoesOn => true;

    public override bool MayInterrupt => false;

    public override bool TryTake()
    {
        var group = World.Group!;
        foreach (var call in group.Calls)
        {
            if (call.Call.Answers > 0)
            {
                group.Take(call);
                return true;
            }
        }

        return false;
    }
}
