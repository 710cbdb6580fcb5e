using ActorPool.Endpoints;

namespace ActorPool.Simulation.Checks;

/// <summary>Reads along in the slots' flight recorders: which cells of the transition table were visited.</summary>
sealed class SlotWatch(World world, PoolSubject pool)
{
    readonly List<(long ConnectionId, int Noted, SlotState State)> _seen = [];

    public void Look(Slot slot)
    {
        while (_seen.Count <= slot.Index)
        {
            _seen.Add((0, 0, SlotState.Empty));
        }

        var seen = _seen[slot.Index];
        if (seen.ConnectionId != slot.ConnectionId && slot.ConnectionId != 0)
        {
            // Another connection began since the last look, and with it the recorder.
            seen = (slot.ConnectionId, 0, SlotState.Empty);
        }

        if (slot.History.Noted == seen.Noted)
        {
            return;
        }

        var first = Math.Max(seen.Noted, slot.History.Noted - FlightRecorder.Capacity);
        for (var number = first; number < slot.History.Noted; number++)
        {
            var transition = slot.History[number];
            if (number > first || first == seen.Noted)
            {
                // Where the recorder has lost some, the state before the first that is left is not known.
                Coverage.Visit(seen.State, transition.Happened);
            }

            seen.State = transition.State;
            world.Trace?.Moved(pool, slot, transition);
        }

        _seen[slot.Index] = (slot.ConnectionId == 0 ? seen.ConnectionId : slot.ConnectionId, slot.History.Noted, seen.State);
    }
}
