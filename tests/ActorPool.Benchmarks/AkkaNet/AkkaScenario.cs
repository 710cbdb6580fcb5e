using ActorPool.AkkaNet;
using ActorPool.Benchmarks.Candidates;
using ActorPool.Benchmarks.Leasing;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.AkkaNet;

/// <summary>A lease by Akka.NET's <c>Ask</c>: acquire and release, without work.</summary>
/// <param name="tasks">How many callers.</param>
sealed class AkkaScenario(int tasks) : Scenario
{
    const string Echo = "an Ask that is echoed";
    const string Lease = "a lease by Ask";
    const double TimesMax = 1.15;

    public override string Key => $"akka-{tasks}";

    public override string Title => $"akka: {tasks} {(tasks == 1 ? "caller" : "callers")}, Ask, claim and release";

    public override int Tasks => tasks;

    public override Columns Columns => Columns.TimeRatios;

    public override IReadOnlyList<string> References => [Echo];

    public override IReadOnlyList<Contender> Contenders(Field field) =>
    [
        new Contender<EchoCandidate, object>(Echo, EchoCandidate.OpenAsync),
        new Contender<LeaseCandidate, LeaseGranted<IdleConnection>>(Lease, LeaseCandidate.OpenAsync),
        Field.ActorPool(),
        Field.NoPool(),
    ];

    public override Task WorkAsync<TPool, TLease>(TPool pool, Worker worker) =>
        NoWorkScenario.AcquireAndReleaseAsync<TPool, TLease>(pool, worker);

    public override IEnumerable<Target> Judge(ScenarioResult result)
    {
        yield return Target.AtMost($"({Key}) time over an Ask that is echoed", result[Lease].TimeOver(result[Echo]), TimesMax);
    }
}
