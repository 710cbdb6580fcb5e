using System.Runtime.CompilerServices;

namespace ActorPool.Dashboard.Live;

/// <summary>The pools that are shown. Names need not be unique, so each pool gets a number, which it keeps for life.</summary>
sealed class PoolSource(IReadOnlyList<PoolRuntime> runtimes)
{
    readonly ConditionalWeakTable<IConnectionPool, StrongBox<long>> _numbers = new();
    long _last;

    /// <summary>Those that are open now.</summary>
    public IEnumerable<IConnectionPool> Pools =>
        runtimes.Count == 1 ? runtimes[0].Pools : runtimes.SelectMany(static runtime => runtime.Pools);

    /// <summary>The budgets over many machines that they share, each once.</summary>
    public IEnumerable<IClusterBudget> Budgets => runtimes.SelectMany(static runtime => runtime.ClusterBudgets).Distinct();

    public long NumberOf(IConnectionPool pool) =>
        _numbers.GetValue(pool, _ => new StrongBox<long>(Interlocked.Increment(ref _last))).Value;

    /// <summary>The pool of a number; null if it is closed, or never was.</summary>
    public IConnectionPool? Find(long number) => Pools.FirstOrDefault(pool => NumberOf(pool) == number);
}
