namespace ActorPool;

/// <summary>The budget threw where it must not; the pool goes on with the grants that it has.</summary>
public sealed record BudgetFailed : PoolEvent
{
    internal BudgetFailed(string poolName, Exception error)
        : base(poolName)
    {
        Error = error;
    }

    /// <summary>What went wrong.</summary>
    public Exception Error { get; }
}
