namespace ActorPool.Budgets.Simulation.Nodes;

/// <summary>A process was killed in the middle of something: what it was doing ends here.</summary>
sealed class ProcessKilledException : Exception
{
    public ProcessKilledException()
        : base("killed")
    {
    }
}
