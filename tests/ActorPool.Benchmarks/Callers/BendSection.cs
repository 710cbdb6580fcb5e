using System.Globalization;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Callers;

/// <summary>Where the one supervisor of a pool bends, beside what a real request costs.</summary>
static class BendSection
{
    const double RequestShareMin = 0.95;
    const double MicrosecondsPerSecond = 1e6;

    public static Section Of(IReadOnlyList<CallersCurve> passing, IReadOnlyList<CallersCurve> requests)
    {
        var section = new Section(
            "callers-bend",
            "callers: where one supervisor bends",
            "ActorPool",
            new Column("peak leases/s", "0"),
            new Column("at callers", "0"),
            new Column("within 5 % from callers", "0"),
            new Column("× Channel's peak"),
            new Column("peak requests/s", "0"),
            new Column("leases per request"));
        foreach (var (idle, busy) in passing.Zip(requests))
        {
            var (leases, callers) = idle.Peak(Names.ActorPool);
            var (served, _) = busy.Peak(Names.ActorPool);
            section.Add(
                $"pool of {idle.PoolSize}",
                leases,
                callers,
                idle.Bend(Names.ActorPool),
                leases / idle.Peak(Names.Channel).LeasesPerSecond,
                served,
                leases / served);
        }

        section.Say(Words(passing[^1], requests[^1]));
        section.Expect(Targets(passing[^1], requests[^1]));
        return section;
    }

    static string Words(CallersCurve passing, CallersCurve requests)
    {
        var (leases, _) = passing.Peak(Names.ActorPool);
        var crowded = passing.Results[^1];
        var sustained = CallersCurve.LeasesPerSecond(crowded, Names.ActorPool);
        var (served, _) = requests.Peak(Names.ActorPool);
        var aloneUs = MicrosecondsPerSecond / CallersCurve.LeasesPerSecond(requests.Results[0], Names.ActorPool);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"On a pool of {passing.PoolSize} one supervisor hands out {leases / 1e6:0.00} M leases/s at most, and {sustained / 1e6:0.00} M " +
            $"to {crowded.Scenario.Tasks} callers at once. The shortest real request, {EchoConnection.Length} bytes over loopback and back, takes " +
            $"{aloneUs:0} µs alone, and the machine manages {served / 1e3:0} k of them per second with client and server on the same cores: " +
            $"{sustained / served:0} × less than the supervisor. With requests of 1 ms, as over a network, a supervisor that bends at " +
            $"{sustained / 1e6:0.00} M leases/s keeps {sustained / 1e3:0} connections busy at once.");
    }

    static IEnumerable<Target> Targets(CallersCurve passing, CallersCurve requests)
    {
        var (idle, busy) = (passing.Results[^1], requests.Results[^1]);
        var name = string.Create(CultureInfo.InvariantCulture, $"{idle.Scenario.Tasks} callers on a pool of {passing.PoolSize}");
        var ours = idle[Names.ActorPool];
        yield return Target.AtLeast($"(callers) {name}: throughput over {Names.Channel}", ours.ThroughputOver(idle[Names.Channel]), 1.0);
        yield return Target.NoBytes($"(callers) {name}: bytes per lease", idle.OwnBytesPerLease(ours));
        yield return Target.AtLeast(
            $"(callers) {name}, a request each: throughput over {Names.Channel}",
            busy[Names.ActorPool].ThroughputOver(busy[Names.Channel]),
            RequestShareMin);
    }
}
