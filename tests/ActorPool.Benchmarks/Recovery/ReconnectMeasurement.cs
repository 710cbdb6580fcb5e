using System.Diagnostics;
using System.Globalization;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Recovery.Candidates;
using ActorPool.Benchmarks.Recovery.Serving;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Recovery;

/// <summary>
/// How long it takes until all connections are back, beside a bare loop with the same limits: each with a server of its own,
/// in turns, with outages of the same lengths, which decide when within a wait the server returns.
/// </summary>
static class ReconnectMeasurement
{
    const double Most = 1.2;

    /// <summary>Some end late in a wait, one right after an attempt, which is the worst moment.</summary>
    static readonly int[] OutagesMs = [60, 110, 500, 1_400];

    public static async Task<Section> RunAsync(bool isQuick)
    {
        var plan = new ServerPlan(Service.Echo, Limits.LoginMs, WorkMs: 0, Demise.None, Limits.Connections);
        await using var ourServer = await KillableServer.StartAsync(plan);
        await using var loopServer = await KillableServer.StartAsync(plan);
        await using var pool = TcpCandidate.Open(ourServer.Port, logsIn: true);
        await using var loop = new BareLoop(loopServer.Port, Limits.Connections, Limits.ConnectsMax, Limits.FirstWait);
        await Task.WhenAll(ourServer.FullAsync(Limits.Patience), loopServer.FullAsync(Limits.Patience));

        var rounds = new List<(int OutageMs, Reconnect Pool, Reconnect Loop)>();
        var lengths = isQuick ? [110, 60] : Enumerable.Repeat(OutagesMs, 5).SelectMany(static all => all).ToArray();

        // The first outage of each compiles what the others use.
        for (var round = -1; round < lengths.Length; round++)
        {
            var length = TimeSpan.FromMilliseconds(lengths[Math.Max(0, round)]);
            var ours = round % 2 == 0 ? await OursAsync() : default(Reconnect?);
            var theirs = await FailAsync(loopServer, length, loop.Gauge, loop.NextSuccessAsync);
            var pair = ((int)length.TotalMilliseconds, ours ?? await OursAsync(), theirs);
            if (round >= 0)
            {
                rounds.Add(pair);
            }

            async Task<Reconnect> OursAsync() => await FailAsync(ourServer, length, pool.Gauge, () => NextSuccessAsync(pool));
        }

        return Report(rounds);
    }

    /// <summary>A caller who begins when the server is gone.</summary>
    static async Task<long> NextSuccessAsync(TcpCandidate pool)
    {
        await pool.RequestAsync(new RequestNote());
        return Stopwatch.GetTimestamp();
    }

    static async Task<Reconnect> FailAsync(KillableServer server, TimeSpan length, ConnectGauge gauge, Func<Task<long>> nextSuccess)
    {
        await server.PrepareAsync();
        gauge.Reset();
        var begunBefore = gauge.Begun;
        var success = Task.FromResult(0L);
        var outage = await server.FailAsync(length, (_, _) => success = nextSuccess());
        var succeededAt = await success.WaitAsync(Limits.Patience);
        var fullAt = await server.FullAsync(Limits.Patience);
        var report = await server.ReportAsync();
        return new Reconnect(
            Ticks.Ms(outage.BackAt, fullAt), Ticks.Ms(outage.BackAt, succeededAt), gauge.Most, report.StartingMost, (int)(gauge.Begun - begunBefore) - report.Accepted.Count);
    }

    static Section Report(List<(int OutageMs, Reconnect Pool, Reconnect Loop)> rounds)
    {
        var section = new Section(
            "recovery-reconnect",
            $"recovery: {Limits.Connections} connections over TCP, at most {Limits.ConnectsMax} connects at a time, each with a login of {Limits.LoginMs} ms; the server is killed and comes back",
            "medians of the outages",
            new Column("outages", "0"),
            new Column("wait under way ms", "0"),
            new Column("all back ms", "0"),
            new Column("bare loop ms", "0"),
            new Column("× bare loop"),
            new Column("first success ms", "0"),
            new Column("bare loop's ms", "0"),
            new Column("first success / wait"),
            new Column("most connects at a time", "0"),
            new Column("at the server", "0"),
            new Column("connects in vain", "0"));
        foreach (var group in rounds.GroupBy(static round => round.OutageMs).OrderBy(static group => group.Key))
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"outage of {group.Key} ms"), [.. group]);
        }

        Add("all outages", rounds);
        section.Say("Counted from the moment at which the server listens again. Without jitter on either side; in turns; the median of each column for itself, and of the pairs' ratios.");
        section.Say("Wait under way: the step of the backoff during which the server returns. Nobody tries before its end.");
        section.Expect(Target.AtMost("recovery: time until all are back × bare loop, median of all outages", Ratio(rounds), Most));
        section.Expect(Target.AtMost(
            "recovery: first success / wait under way, the worst of the lengths' medians",
            rounds.GroupBy(static round => round.OutageMs).Max(static group => Statistics.Median(group.Select(Share))),
            Most));
        section.Expect(Target.AtMost(
            "recovery: most connects at a time, at the connector and at the server",
            rounds.Max(static round => Math.Max(round.Pool.ConnectsMost, round.Pool.StartingMost)),
            Limits.ConnectsMax));
        section.Keep(rounds.Select(static round => new { round.OutageMs, round.Pool, round.Loop }));
        return section;

        void Add(string name, IReadOnlyList<(int OutageMs, Reconnect Pool, Reconnect Loop)> some)
        {
            var lengths = some.Select(static round => round.OutageMs).Distinct().ToArray();
            section.Add(
                name,
                some.Count,
                lengths.Length == 1 ? Limits.StepAt(TimeSpan.FromMilliseconds(lengths[0])).TotalMilliseconds : double.NaN,
                Statistics.Median(some.Select(static round => round.Pool.AllBackMs)),
                Statistics.Median(some.Select(static round => round.Loop.AllBackMs)),
                Ratio(some),
                Statistics.Median(some.Select(static round => round.Pool.FirstSuccessMs)),
                Statistics.Median(some.Select(static round => round.Loop.FirstSuccessMs)),
                Statistics.Median(some.Select(Share)),
                some.Max(static round => round.Pool.ConnectsMost),
                some.Max(static round => round.Pool.StartingMost),
                Statistics.Median(some.Select(static round => (double)round.Pool.InVain)));
        }
    }

    static double Ratio(IEnumerable<(int OutageMs, Reconnect Pool, Reconnect Loop)> rounds) =>
        Statistics.Median(rounds.Select(static round => round.Pool.AllBackMs / round.Loop.AllBackMs));

    static double Share((int OutageMs, Reconnect Pool, Reconnect Loop) round) =>
        round.Pool.FirstSuccessMs / Limits.StepAt(TimeSpan.FromMilliseconds(round.OutageMs)).TotalMilliseconds;
}
