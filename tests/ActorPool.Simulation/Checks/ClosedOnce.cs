using ActorPool.Simulation.Network;

namespace ActorPool.Simulation.Checks;

/// <summary>Every connection that was opened is closed once, or was given away.</summary>
sealed class ClosedOnce(World world, PoolSubject pool) : Check(world, pool)
{
    public override void StepBegins(OperationKind kind, SimulatedConnection connection)
    {
        if (kind == OperationKind.Close && connection.Closes > 0)
        {
            Fail($"{connection} is closed again");
        }
    }

    public override void AtEnd()
    {
        foreach (var connection in Pool.Connections)
        {
            Fail($"{connection} is {connection.Stage} after the pool has closed");
        }

        if (Pool.Opened != Pool.Closed + Pool.Detached.Count)
        {
            Fail($"{Pool.Opened} were opened, {Pool.Closed} closed and {Pool.Detached.Count} given away");
        }
    }
}
