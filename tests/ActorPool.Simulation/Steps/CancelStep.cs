namespace ActorPool.Simulation.Steps;

/// <summary>A caller gives up, whether or not it was answered by then.</summary>
sealed class CancelStep(World world) : Step(world)
{
    public override int Weight => 3;

    public override bool TryTake()
    {
        if (Pool(static pool => pool.Calls.Count > 0) is not { } pool)
        {
            return false;
        }

        var call = Choices.Pick(pool.Calls);
        if (call.IsCancelled)
        {
            return false;
        }

        Note($"{call} is cancelled");
        call.IsCancelled = true;
        call.Cancellation.Cancel();
        return true;
    }
}
