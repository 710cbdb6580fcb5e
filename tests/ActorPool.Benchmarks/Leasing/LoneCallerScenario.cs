using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Leasing;

/// <summary>(a) One caller, whom nobody disturbs: the price of the pool itself.</summary>
sealed class LoneCallerScenario : Scenario
{
    public override string Key => "a";

    public override string Title => "(a) one caller, acquire + release";

    public override int Tasks => 1;

    public override Columns Columns => Columns.TimeRatios;

    public override IReadOnlyList<Contender> Contenders(Field field) =>
        [Field.ActorPool(), Field.Channel(), Field.Semaphore(), Field.ObjectPool(), .. field.Npgsql(), Field.NoPool()];

    public override Task WorkAsync<TPool, TLease>(TPool pool, Worker worker) =>
        NoWorkScenario.AcquireAndReleaseAsync<TPool, TLease>(pool, worker);

    public override IEnumerable<Target> Judge(ScenarioResult result)
    {
        var ours = result[Names.ActorPool];
        yield return Target.AtMost($"(a) time over {Names.Channel}", ours.TimeOver(result[Names.Channel]), 1.0);
        yield return Target.NoBytes("(a) bytes per lease", result.OwnBytesPerLease(ours));
    }
}
