namespace ActorPool.Simulation.Checks;

/// <summary>A paused pool grants nothing, and keeps those who wait.</summary>
sealed class PauseHolds(World world, PoolSubject pool) : Check(world, pool)
{
    long _acquired;
    int _commands;
    bool _wasPaused;
    bool _hadCommands;

    public override void AfterStep()
    {
        var isPaused = Peek.IsPaused(Supervisor);
        var acquired = Peek.Acquired(Supervisor);
        if (isPaused && _wasPaused && acquired > _acquired && !_hadCommands && Pool.Commands == _commands)
        {
            Fail("a paused pool has granted a lease");
        }

        (_wasPaused, _acquired, _hadCommands, _commands) = (isPaused, acquired, Pool.HasCommands, Pool.Commands);
    }
}
