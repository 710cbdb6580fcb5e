namespace ActorPool.Simulation.Checks;

/// <summary>A budget grants no more than it has, and what it has granted is what its pools hold or are about to.</summary>
sealed class BudgetHolds(World world, PoolSubject pool) : Check(world, pool)
{
    public override void AfterStep()
    {
        if (World.Budget is not { } budget)
        {
            return;
        }

        var actor = Peek.Actor(budget);
        var held = 0;
        foreach (var other in World.Pools)
        {
            held += Peek.Granted(other.Supervisor);
        }

        if (Peek.Granted(actor) > Peek.Max(actor) || held > Peek.Max(actor))
        {
            Fail($"{Peek.Granted(actor)} of {Peek.Max(actor)} are granted, {held} are held");
        }
    }
}
