namespace ActorPool.Simulation.Steps;

/// <summary>A caller looks at its answer.</summary>
sealed class TakeStep(World world) : Step(world)
{
    public override int Weight => 12;

    public override bool GoesOn => true;

    public override bool MayInterrupt => false;

    public override bool TryTake()
    {
        if (Pool(static pool => pool.Calls.Exists(static call => call.Answers > 0)) is not { } pool || !World.MayWaitFor(pool.Supervisor))
        {
            return false;
        }

        foreach (var call in pool.Calls)
        {
            if (call.Answers > 0)
            {
                pool.Calls.Remove(call);
                var lease = call.Take(out var failure);
                Note($"{call} gets {(failure is null ? lease.IsActive ? $"connection {lease.ConnectionId}" : "what it wanted" : $"{failure.GetType().Name}")}");
                pool.Taken(call, lease, failure);
                call.Cancellation.Dispose();
                return true;
            }
        }

        return false;
    }
}
