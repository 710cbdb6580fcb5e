using ActorPool.Simulation.Network;

namespace ActorPool.Simulation.Checks;

/// <summary>The connector is asked for one thing at a time per connection, and for none behind a holder's back.</summary>
sealed class OneStepAtATime(World world, PoolSubject pool) : Check(world, pool)
{
    public override void StepBegins(OperationKind kind, SimulatedConnection connection)
    {
        if (connection.Stage != Stage.Open)
        {
            Fail($"a {kind} of {connection}, which is {connection.Stage}");
        }

        if (connection.Busy is { } busy)
        {
            Fail($"a {kind} of {connection} in the middle of a {busy}");
        }

        foreach (var held in Pool.Leases)
        {
            if (ReferenceEquals(held.Connection, connection) && held.Lease.IsActive)
            {
                Fail($"a {kind} of {connection}, which is leased by call {held.Call}");
            }
        }
    }

    public override void Looked(SimulatedConnection connection)
    {
        // A drain or an eviction may be closing it under the caller who looks.
        if (connection.Busy is { } busy and not OperationKind.Close)
        {
            Fail($"a look at {connection} in the middle of a {busy}");
        }
    }
}
