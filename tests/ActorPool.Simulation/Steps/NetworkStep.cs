using ActorPool.Simulation.Network;

namespace ActorPool.Simulation.Steps;

/// <summary>Something that is under way on the network ends, or gets further.</summary>
sealed class NetworkStep(World world) : Step(world)
{
    public override int Weight => 16;

    public override bool GoesOn => true;

    public override bool TryTake()
    {
        var pending = World.Network.Pending;
        if (pending.Count == 0)
        {
            return false;
        }

        var operation = Choices.Pick(pending);
        if (!SimulatedNetwork.CanEnd(operation))
        {
            return false;
        }

        Note($"network: {operation}");
        World.Network.Advance(operation);
        return true;
    }
}
