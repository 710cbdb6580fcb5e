namespace ActorPool.Budgets.Cluster.Costs;

/// <summary>A pool that opens nothing: it has grants, and uses as many as it wants.</summary>
sealed class Demand : IBudgetMember
{
    readonly Lock _lock = new();
    readonly IBudgetShare _share;
    int _has;
    int _wanted;

    public Demand(IConnectionBudget budget) => _share = budget.Join("demand", this);

    public bool IsMet => Volatile.Read(in _has) >= Volatile.Read(in _wanted);

    public void Want(int count)
    {
        lock (_lock)
        {
            _wanted = count;
            _share.Want(count);
        }
    }

    public void Granted(int count)
    {
        lock (_lock)
        {
            _has += count;
        }
    }

    public void GiveBack(int count) => Keep(total => Math.Max(_wanted, total - count));

    public void Recall(int total, EvictMode mode) => Keep(_ => total);

    void Keep(Func<int, int> target)
    {
        lock (_lock)
        {
            var above = _has - target(_has);
            if (above > 0)
            {
                _has -= above;
                _share.Return(above);
            }
        }
    }
}
