using ActorPool.Simulation.Network;

namespace ActorPool.Simulation.Checks;

/// <summary>
/// A connection keeps its slot until it has closed, or has taken longer than its time for that: so the server never sees more
/// connections than the pool counts, those that do not end excepted.
/// </summary>
sealed class SlotsAreKept(World world, PoolSubject pool) : Check(world, pool)
{
    readonly Dictionary<long, long> _closeByMs = [];
    long _hidden = -1;

    public override void AfterStep()
    {
        if (_hidden < 0)
        {
            _hidden = Peek.LastConnectionId(Supervisor);
        }

        foreach (var slot in Peek.Slots(Supervisor).All)
        {
            if (slot.Actor is { } actor && Peek.CloseByMs(actor) is > 0 and var closeByMs)
            {
                // One that was attached has another number in the pool than the one that it was opened with.
                var id = (slot.Current?.Connection as SimulatedConnection)?.Id ?? slot.ConnectionId;
                _closeByMs[id] = closeByMs;
            }
        }
    }

    public override void OpenBegins(SimulatedConnection connection)
    {
        foreach (var other in Pool.Connections)
        {
            if (!other.ChangesHands && !HasSlot(other) && !MayHaveLostIt(other))
            {
                Fail($"the slot of {other} was given away while it was {other.Stage}");
            }
        }
    }

    bool HasSlot(SimulatedConnection connection)
    {
        foreach (var slot in Peek.Slots(Supervisor).All)
        {
            if (slot.ConnectionId == connection.Id || ReferenceEquals(slot.Current?.Connection, connection))
            {
                return true;
            }
        }

        return false;
    }

    // One that came and went before the first look at its pool (a member's, which is made in the middle of things) cannot be judged.
    bool MayHaveLostIt(SimulatedConnection connection) =>
        _hidden < 0 || connection.Id <= _hidden || (_closeByMs.TryGetValue(connection.Id, out var closeByMs) && World.NowMs >= closeByMs);
}
