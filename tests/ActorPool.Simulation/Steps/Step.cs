namespace ActorPool.Simulation.Steps;

/// <summary>One kind of thing that may happen next.</summary>
abstract class Step(World world)
{
    /// <summary>How likely it is, beside the others.</summary>
    public abstract int Weight { get; }

    /// <summary>Whether it can happen in the middle of an actor's turn: nobody would wait for that actor.</summary>
    public virtual bool MayInterrupt => true;

    /// <summary>Whether it is something that has begun and goes on, as it must even when nothing new begins.</summary>
    public virtual bool GoesOn => false;

    protected World World { get; } = world;

    protected Choices Choices => World.Choices;

    /// <summary>Makes it happen. False if there is nothing that it could happen to.</summary>
    public abstract bool TryTake();

    /// <summary>A pool.</summary>
    protected PoolSubject Pool() => World.Pools.Count == 1 ? World.Pools[0] : Choices.Pick(World.Pools);

    /// <summary>A pool of which something is true; null if it is of none.</summary>
    protected PoolSubject? Pool(Func<PoolSubject, bool> isTrue)
    {
        var first = World.Pools.Count == 1 ? 0 : Choices.Next(World.Pools.Count);
        for (var i = 0; i < World.Pools.Count; i++)
        {
            var pool = World.Pools[(first + i) % World.Pools.Count];
            if (isTrue(pool))
            {
                return pool;
            }
        }

        return null;
    }

    protected void Note(string what) => World.Trace?.Add($"  {what}");
}
