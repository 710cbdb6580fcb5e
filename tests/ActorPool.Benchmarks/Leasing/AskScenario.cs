using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Leasing;

/// <summary>A lease by message, beside the direct one: one caller, acquire and release.</summary>
sealed class AskScenario : Scenario
{
    const double BytesMax = 200;

    public override string Key => "ask";

    public override string Title => "ask: one caller, acquire by message + release";

    public override int Tasks => 1;

    public override Columns Columns => Columns.TimeRatios;

    public override IReadOnlyList<string> References => [Names.ActorPool];

    public override IReadOnlyList<Contender> Contenders(Field field) => [Field.Ask(), Field.ActorPool(), Field.NoPool()];

    public override Task WorkAsync<TPool, TLease>(TPool pool, Worker worker) =>
        NoWorkScenario.AcquireAndReleaseAsync<TPool, TLease>(pool, worker);

    public override IEnumerable<Target> Judge(ScenarioResult result)
    {
        var ask = result[Names.Ask];
        yield return Target.AtMost("(ask) time over the direct acquire", ask.TimeOver(result[Names.ActorPool]), 5.0);
        yield return Target.AtMost("(ask) bytes per lease", result.OwnBytesPerLease(ask), BytesMax);
    }
}
