using ActorPool.Endpoints;

namespace ActorPool.Simulation.Checks;

/// <summary>No slot is lost: what is counted is what is there, and every slot is where its state says.</summary>
sealed class SlotsAddUp : Check
{
    readonly int[] _found = new int[Enum.GetValues<SlotState>().Length];
    readonly SlotWatch _watch;

    public SlotsAddUp(World world, PoolSubject pool)
        : base(world, pool) => _watch = new SlotWatch(world, pool);

    public override void AfterStep()
    {
        var slots = Peek.Slots(Supervisor);
        Array.Clear(_found);
        var stale = 0;
        var transients = 0;
        foreach (var slot in slots.All)
        {
            _watch.Look(slot);
            _found[(int)slot.State]++;
            stale += slot.IsStale ? 1 : 0;
            transients += slot.IsTransient ? 1 : 0;
            if (slot.State == SlotState.Empty != slot.Actor is null || slot.State == SlotState.Empty != (slot.ConnectionId == 0))
            {
                Fail($"slot {slot.Index} is {slot.State} with {(slot.Actor is null ? "no actor" : "an actor")}, connection {slot.ConnectionId}");
            }

            if (slot is { State: SlotState.Idle or SlotState.Leased or SlotState.Probing or SlotState.Resetting or SlotState.Doomed, Current: null })
            {
                Fail($"slot {slot.Index} is {slot.State} without a connection");
            }
        }

        foreach (var slot in slots.All)
        {
            if (slot is { IsTransient: true, State: SlotState.Idle or SlotState.Probing })
            {
                Fail($"connection {slot.ConnectionId}, which is above the maximum, is {slot.State}");
            }
        }

        var empty = slots.Made - slots.InUse;
        if (_found[(int)SlotState.Empty] != empty || _found[(int)SlotState.Idle] != Peek.Idle(Supervisor).Count)
        {
            Fail($"{_found[(int)SlotState.Empty]} slots are empty, {empty} known to be; {_found[(int)SlotState.Idle]} idle, {Peek.Idle(Supervisor).Count} known to be");
        }

        var counts = Peek.Counts(Supervisor);
        for (var state = SlotState.Empty; state <= SlotState.Closing; state++)
        {
            if (state is not (SlotState.Empty or SlotState.Idle or SlotState.Leased) && _found[(int)state] != counts[(int)state])
            {
                Fail($"{_found[(int)state]} slots are {state}, {counts[(int)state]} are counted");
            }
        }

        if (stale != Peek.Stale(Supervisor) || transients != Peek.Transients(Supervisor))
        {
            Fail($"{stale} stale and {transients} transient, counted {Peek.Stale(Supervisor)} and {Peek.Transients(Supervisor)}");
        }
    }
}
