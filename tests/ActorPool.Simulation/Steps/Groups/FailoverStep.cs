namespace ActorPool.Simulation.Steps.Groups;

/// <summary>Two servers exchange their roles.</summary>
sealed class FailoverStep(World world) : Step(world)
{
    public override int Weight => 2;

    public override bool TryTake()
    {
        var one = Choices.Pick(World.Network.Servers);
        var other = Choices.Pick(World.Network.Servers);
        (one.Role, other.Role) = (other.Role, one.Role);
        Note($"{one} is {one.Role}, {other} is {other.Role}");
        return true;
    }
}
