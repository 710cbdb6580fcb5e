using ActorPool.Simulation.Callers;

namespace ActorPool.Simulation.Checks;

/// <summary>What a holder has left on a connection is cleared before the next one has it.</summary>
sealed class CleanForTheNext(World world, PoolSubject pool) : Check(world, pool)
{
    public override void Leased(Held held)
    {
        // holders of a shared connection live with what the others do
        if (held.Connection.IsDirty && Pool.Connector.Steps.HasFlag(ConnectorSteps.Reset) && Pool.Bounds.MaxLeasesPerConnection == 1)
        {
            Fail($"{held} was leased as another holder had left it");
        }
    }
}
