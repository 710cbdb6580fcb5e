using ActorPool.Endpoints;

namespace ActorPool.Simulation.Checks;

/// <summary>Nobody is let go for being idle, or for another pool's sake, who is needed for the minimum.</summary>
sealed class MinimumKept(World world, PoolSubject pool) : Check(world, pool)
{
    readonly List<long> _closing = [];
    int _commands;
    int _stale;
    int _inUse;
    bool _hadCommands;

    public override void AfterStep()
    {
        var letGo = 0;
        var others = 0;
        foreach (var slot in Peek.Slots(Supervisor).All)
        {
            if (slot.State != SlotState.Closing || _closing.Contains(slot.ConnectionId))
            {
                continue;
            }

            if (slot.CloseReason is CloseReason.IdleTimeout or CloseReason.Pruned or CloseReason.GivenBack)
            {
                letGo++;
            }
            else
            {
                others++;
            }
        }

        // What became stale or left in the same step may have done so after the others were let go.
        var stale = Peek.Stale(Supervisor);
        var inUse = Peek.Slots(Supervisor).InUse;
        if (letGo > 0 && others == 0 && stale <= _stale && inUse >= _inUse && !_hadCommands && Pool.Commands == _commands)
        {
            CheckSize();
        }

        (_stale, _inUse) = (stale, inUse);
        _closing.Clear();
        foreach (var slot in Peek.Slots(Supervisor).All)
        {
            if (slot.State == SlotState.Closing)
            {
                _closing.Add(slot.ConnectionId);
            }
        }

        (_hadCommands, _commands) = (Pool.HasCommands, Pool.Commands);
    }

    void CheckSize()
    {
        var closing = Peek.Counts(Supervisor)[(int)SlotState.Closing];
        var left = Peek.Slots(Supervisor).InUse - closing - Peek.Stale(Supervisor);
        if (left < Supervisor.Settings.MinSize)
        {
            Fail($"{left} connections are left of {Supervisor.Settings.MinSize} that must be, because some were let go");
        }
    }
}
