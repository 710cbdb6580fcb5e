namespace ActorPool.Simulation.Checks;

/// <summary>Nobody is let go for being idle, or for another pool's sake, who is needed for the minimum.</summary>
sealed class MinimumKept(World world, PoolSubject pool) : Check(world, pool)
{
    readonly List<long> _closing = [];
    int _serving;
    int _inUse;
    long _last;
    int _commands;
    bool _hadCommands;

    public override void AfterStep()
    {
        var letGo = 0;
        var newlyClosing = 0;
        foreach (var slot in Peek.Slots(Supervisor).All)
        {
            if (slot.State == SlotState.Closing && !_closing.Contains(slot.ConnectionId))
            {
                newlyClosing++;
                letGo += slot.CloseReason is CloseReason.IdleTimeout or CloseReason.Pruned or CloseReason.GivenBack ? 1 : 0;
            }
        }

        // Only where nothing else came or went in the same step: that may have been later.
        var serving = Peek.Serving(Supervisor);
        var last = Peek.LastConnectionId(Supervisor);
        var inUse = Peek.Slots(Supervisor).InUse;
        if (letGo > 0 && _serving - serving == letGo && letGo == newlyClosing && last == _last && inUse == _inUse && serving < Supervisor.Settings.MinSize
            && !_hadCommands && Pool.Commands == _commands)
        {
            Fail($"{serving} connections are left of {Supervisor.Settings.MinSize} that must be, because some were let go");
        }

        (_serving, _last, _inUse) = (serving, last, inUse);
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
}
