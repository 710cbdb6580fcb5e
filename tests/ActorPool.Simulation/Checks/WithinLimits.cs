namespace ActorPool.Simulation.Checks;

/// <summary>Never more connections than the maximum, grants or the limit on parallel opens allow.</summary>
sealed class WithinLimits(World world, PoolSubject pool) : Check(world, pool)
{
    int _size;
    int _maxSize = int.MaxValue;
    int _commands;
    bool _hadCommands;

    public override void AfterStep()
    {
        var slots = Peek.Slots(Supervisor);
        var size = slots.InUse - Peek.Transients(Supervisor);
        var maxSize = Supervisor.Settings.MaxSize;
        if (size > _size && size > Math.Max(maxSize, _maxSize) && (size > Pool.Bounds.MaxSize || (!_hadCommands && Pool.Commands == _commands)))
        {
            Fail($"{size} connections, at most {maxSize} are allowed");
        }

        if (Peek.Transients(Supervisor) > 0 && !Pool.Bounds.MayOpenTransients)
        {
            Fail("a connection above the maximum, which no option allows");
        }

        if (World.Budget is not null && slots.InUse > Peek.Granted(Supervisor))
        {
            Fail($"{slots.InUse} connections with {Peek.Granted(Supervisor)} grants");
        }

        // Those that were given up and have not ended do not count.
        var opening = Peek.Counts(Supervisor)[(int)SlotState.Opening];
        if (opening > Pool.Bounds.MaxConcurrentConnects)
        {
            Fail($"{opening} opens at a time, at most {Pool.Bounds.MaxConcurrentConnects} are allowed");
        }

        _size = size;
        _maxSize = maxSize;
        _commands = Pool.Commands;
        _hadCommands = Pool.HasCommands;
    }
}
