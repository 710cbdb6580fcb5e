using ActorPool.Benchmarks.Leasing;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Budgeting;

/// <summary>What a lease costs under a budget, beside one without.</summary>
sealed class BudgetScenario : Scenario
{
    const string None = "no budget";
    const string Process = "a budget of the process";
    const string Cluster = "a budget with a deadline";

    public override string Key => "budget";

    public override string Title => "budget: one caller, acquire + release";

    public override int Tasks => 1;

    public override Columns Columns => Columns.TimeRatios;

    public override IReadOnlyList<string> References => [None];

    public override IReadOnlyList<Contender> Contenders(Field field) =>
    [
        new BudgetedContender(None, static _ => null),
        new BudgetedContender(Process, static size => new ConnectionBudget(size)),
        new BudgetedContender(Cluster, static size => new DeadlineBudget(size)),
        new ClocksContender(),
        Field.NoPool(),
    ];

    public override Task WorkAsync<TPool, TLease>(TPool pool, Worker worker) =>
        NoWorkScenario.AcquireAndReleaseAsync<TPool, TLease>(pool, worker);

    public override IEnumerable<Target> Judge(ScenarioResult result)
    {
        yield return Target.NoBytes("(budget) bytes per lease under a deadline", result.OwnBytesPerLease(result[Cluster]));
    }
}
