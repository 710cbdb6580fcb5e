using ActorPool.Benchmarks.Candidates;
using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Budgeting;

/// <summary>This project, under a budget.</summary>
/// <param name="name">What kind of budget.</param>
/// <param name="make">Makes one for so many connections.</param>
sealed class BudgetedContender(string name, Func<int, IConnectionBudget?> make) : Contender(name)
{
    ActorPoolCandidate _pool;

    public override void Open(int size) =>
        _pool = ActorPoolCandidate.OpenAsync(size, runtime: null, make(size)).AsTask().GetAwaiter().GetResult();

    public override void Close() => _pool.DisposeAsync().AsTask().GetAwaiter().GetResult();

    protected override Task StartAsync(Scenario scenario, Worker worker) =>
        scenario.WorkAsync<ActorPoolCandidate, Lease<IdleConnection>>(_pool, worker);
}
