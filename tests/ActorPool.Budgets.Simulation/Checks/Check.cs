namespace ActorPool.Budgets.Simulation.Checks;

/// <summary>A promise of the budget's. Looks on, and says when it is broken.</summary>
abstract class Check(World world)
{
    protected World World { get; } = world;

    /// <summary>Something has happened, somewhere.</summary>
    public abstract void AfterStep();

    protected void Fail(string message) => World.Report(GetType().Name, message);
}
