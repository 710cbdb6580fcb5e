namespace ActorPool.Benchmarks.Budgeting;

/// <summary>A budget whose grants may be used for an hour: what a pool sees of one over many machines between two renewals.</summary>
sealed class DeadlineBudget : IConnectionBudget
{
    readonly ConnectionBudget _grants;

    public DeadlineBudget(int size, PoolRuntime? runtime = null)
    {
        var time = (runtime ?? PoolRuntime.Default).TimeProvider;
        _grants = new ConnectionBudget(size, runtime);
        Deadline = new BudgetDeadline(time);
        Deadline.Set(BudgetMoment.Now(time), TimeSpan.FromHours(1));
    }

    public BudgetDeadline Deadline { get; }

    public IBudgetShare Join(string poolName, IBudgetMember member) => _grants.Join(poolName, member);
}
