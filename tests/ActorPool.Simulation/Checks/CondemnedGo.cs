using ActorPool.Simulation.Network;

namespace ActorPool.Simulation.Checks;

/// <summary>A connection that has condemned itself goes at once, or when it comes back.</summary>
sealed class CondemnedGo(World world, PoolSubject pool) : Check(world, pool)
{
    public override void AtRest()
    {
        foreach (var slot in Peek.Slots(Supervisor).All)
        {
            // One that was given away and handed in again has another number, and its old line leads nowhere.
            if (slot.State is SlotState.Idle or SlotState.Leased or SlotState.Probing or SlotState.Resetting
                && slot.Current?.Connection is SimulatedConnection { IsCondemned: true } connection
                && connection.Id == slot.ConnectionId)
            {
                Fail($"{connection} has condemned itself and is {slot.State}");
            }
        }
    }
}
