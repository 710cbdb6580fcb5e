namespace ActorPool.Budgets.Simulation.Time;

/// <summary>What is due first comes first.</summary>
sealed class DueOrder : IComparer<Due>
{
    public static DueOrder Instance { get; } = new();

    public int Compare(Due x, Due y)
    {
        if (x.At != y.At)
        {
            return x.At < y.At ? -1 : 1;
        }

        return x.Lot != y.Lot ? x.Lot.CompareTo(y.Lot) : x.Number.CompareTo(y.Number);
    }
}
