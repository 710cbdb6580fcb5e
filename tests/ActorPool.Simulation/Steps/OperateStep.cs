namespace ActorPool.Simulation.Steps;

/// <summary>Somebody operates a pool: pauses it, changes its size or options, empties it, closes it.</summary>
sealed class OperateStep(World world) : Step(world)
{
    public override int Weight => 4;

    public override bool TryTake()
    {
        var pool = Pool();
        pool.Tell(Choose(pool));
        return true;
    }

    PoolCommand Choose(PoolSubject pool)
    {
        switch (Choices.Next(20))
        {
            case 0 or 1:
                return new PausePool();
            case 2 or 3 or 4:
                return new ResumePool();
            case 5 or 6:
                return Resized(pool);
            case 7:
                var options = pool.OptionsDraw.Next();
                pool.Use(options);
                return new ReconfigurePool(options);
            case 8 or 9:
                return new EvictConnections(Choices.OneIn(3) ? EvictMode.Hard : EvictMode.Soft, Choices.OneIn(3) ? Choices.Ms(0, 8) : null);
            case 10 or 11:
                pool.HasWarmedUp = true;
                return new WarmUpPool(Choices.OneIn(2) ? null : Choices.Next(5));
            case 12 or 13:
                return new OpenNow();
            case 14 or 15 or 16:
                World.RotateCredentials();
                return new RenewCredentials();
            case 17 when Choices.OneIn(4):
                pool.HasDrained = true;
                return new DrainPool(Choices.Ms(0, 8));
            default:
                return new TakeSnapshot();
        }
    }

    ResizePool Resized(PoolSubject pool)
    {
        var maxSize = 1 + Choices.Next(4);
        pool.Bounds.WidenMaxSize(maxSize);
        return new ResizePool(Choices.Next(maxSize + 1), maxSize);
    }
}
