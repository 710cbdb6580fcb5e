namespace ActorPool.Simulation.Steps.Groups;

/// <summary>A caller at a group gives up, whether or not it was answered by then; or a scope ends with all that it has and wants.</summary>
sealed class GroupCancelStep(World world) : Step(world)
{
    public override int Weight => 3;

    public override bool TryTake()
    {
        var group = World.Group!;
        if (Choices.OneIn(4))
        {
            Note("the scope ends");
            group.Scope.Dispose();
            group.Scope = new LeaseScope("next scope");
            return true;
        }

        if (group.Calls.Count == 0 || Choices.Pick(group.Calls).Call is not { IsCancelled: false } call)
        {
            return false;
        }

        Note($"{call} is cancelled");
        call.IsCancelled = true;
        call.Cancellation.Cancel();
        return true;
    }
}
