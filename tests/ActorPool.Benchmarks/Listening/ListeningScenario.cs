using System.Diagnostics;
using ActorPool.Benchmarks.Leasing;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Listening;

/// <summary>What a lease costs when metrics or traces are listened to, beside one of which nobody hears.</summary>
sealed class ListeningScenario : Scenario
{
    const string Nobody = "nobody listens";
    const string Metrics = "metrics";
    const string Unsampled = "traces, not sampled";
    const string Sampled = "traces, sampled";

    public override string Key => "listeners";

    public override string Title => "telemetry: one caller, acquire + release, with listeners that do nothing";

    public override int Tasks => 1;

    public override Columns Columns => Columns.TimeRatios;

    public override IReadOnlyList<string> References => [Nobody];

    public override IReadOnlyList<Contender> Contenders(Field field) =>
    [
        new ListenedContender(Nobody, new OwnMeters(), static _ => null),
        new ListenedContender(Metrics, new OwnMeters(), static meters => meters.Listen()),
        new ListenedContender(Unsampled, new OwnMeters(), static _ => Listen(ActivitySamplingResult.None)),
        new ListenedContender(Sampled, new OwnMeters(), static _ => Listen(ActivitySamplingResult.AllDataAndRecorded)),
        Field.NoPool(),
    ];

    public override Task WorkAsync<TPool, TLease>(TPool pool, Worker worker) =>
        NoWorkScenario.AcquireAndReleaseAsync<TPool, TLease>(pool, worker);

    public override IEnumerable<Target> Judge(ScenarioResult result)
    {
        yield return Target.NoBytes("(telemetry) bytes per lease, nobody listens", result.OwnBytesPerLease(result[Nobody]));
        yield return Target.NoBytes("(telemetry) bytes per lease, metrics", result.OwnBytesPerLease(result[Metrics]));
    }

    static ActivityListener Listen(ActivitySamplingResult sampling)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == PoolTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => sampling,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
