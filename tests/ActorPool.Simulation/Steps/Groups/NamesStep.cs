namespace ActorPool.Simulation.Steps.Groups;

/// <summary>The name of the servers leads elsewhere: an address disappears, or comes back.</summary>
sealed class NamesStep(World world) : Step(world)
{
    public override int Weight => 2;

    public override bool TryTake()
    {
        if (!World.Group!.Options.ResolveNames)
        {
            return false;
        }

        var listed = World.Group.Names.Listed;
        var server = Choices.Pick(World.Network.Servers);
        if (!listed.Remove(server))
        {
            listed.Add(server);
        }

        Note($"the name leads to {string.Join(", ", listed)}");
        return true;
    }
}
