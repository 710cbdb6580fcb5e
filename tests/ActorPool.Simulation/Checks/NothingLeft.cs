namespace ActorPool.Simulation.Checks;

/// <summary>A closed pool is quiet: no slot in use, no grant kept, nobody waiting; the drain has ended.</summary>
sealed class NothingLeft(World world, PoolSubject pool) : Check(world, pool)
{
    public override void AtEnd()
    {
        if (Peek.Slots(Supervisor).InUse > 0 || Peek.Waiters(Supervisor).Count > 0 || !Supervisor.IsClosedNow)
        {
            Fail($"{Peek.Slots(Supervisor).InUse} slots are in use and {Peek.Waiters(Supervisor).Count} wait after the pool has closed");
        }

        if (Supervisor.System.Timers.Count > 0 || World.Time.NextTimerIn is not null)
        {
            Fail($"{Supervisor.System.Timers.Count} timers are left behind");
        }

        if (World.Budget is { } budget && Peek.Granted(Peek.Actor(budget)) > 0)
        {
            Fail($"{Peek.Granted(Peek.Actor(budget))} grants are left behind");
        }
    }
}
