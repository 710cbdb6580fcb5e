using System.Globalization;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Plotting;
using ActorPool.Benchmarks.Recovery.Candidates;
using ActorPool.Benchmarks.Recovery.Serving;
using ActorPool.Benchmarks.Reporting;
using ActorPool.Servers;

namespace ActorPool.Benchmarks.Recovery;

/// <summary>The same outage for everybody: what it costs callers who work all the time, and what it costs the server.</summary>
sealed class OutageMeasurement(PostgresServer? postgres, bool isQuick)
{
    const double BucketMs = 100;

    // Between the attempts 700 and 1,500 ms after the kill.
    readonly TimeSpan _outage = TimeSpan.FromMilliseconds(isQuick ? 150 : 1_100);
    readonly TimeSpan _before = TimeSpan.FromMilliseconds(isQuick ? 50 : 300);
    readonly TimeSpan _after = TimeSpan.FromMilliseconds(isQuick ? 50 : 700);

    public async Task<Section> RunAsync()
    {
        RecoveryEntry[] entries = [.. RecoveryField.All(postgres), .. isQuick ? [] : RecoveryField.Variants()];
        var results = entries.Select(static _ => new List<OutageResult>()).ToArray();
        for (var round = 0; round < (isQuick ? 1 : 3); round++)
        {
            for (var turn = 0; turn < entries.Length; turn++)
            {
                var next = (round + turn) % entries.Length;
                results[next].Add(await MeasureAsync(entries[next]));
            }
        }

        return Report(entries, results);
    }

    async Task<OutageResult> MeasureAsync(RecoveryEntry entry)
    {
        var plan = new ServerPlan(entry.Service, Limits.LoginMs, Limits.WorkMs, Demise.None, Limits.Connections, postgres?.Port ?? 0);
        await using var server = await KillableServer.StartAsync(plan);
        await using var candidate = await entry.Open(server.Port, true);
        var callers = new Callers(candidate);
        await server.FullAsync(Limits.Patience);
        await server.PrepareAsync();
        await Task.Delay(_before);
        candidate.ResetMost();
        var connectsBefore = candidate.Connects;
        var outage = await server.FailAsync(_outage);
        var inVain = candidate.Connects - connectsBefore;
        var fullAt = await server.FullAsync(Limits.Patience);
        await Task.Delay(_after);
        var journal = await server.ReportAsync();
        if (!await callers.StopAsync(Limits.Patience))
        {
            throw new InvalidOperationException($"Callers of {entry.Name} are stuck.");
        }

        var connectsMost = entry.Service == Service.Http ? candidate.ConnectsMost : journal.StartingMost;
        return Evaluate(callers, journal, outage, fullAt, inVain ?? double.NaN, connectsMost ?? double.NaN);
    }

    static OutageResult Evaluate(Callers callers, ServerJournal journal, Outage outage, long fullAt, double inVain, double connectsMost)
    {
        var failures = callers.Failures.Where(failure => failure.FailedAt >= outage.KilledAt).ToList();
        var others = failures.Where(failure => !failure.WasInFlight(outage)).OrderBy(static failure => failure.FailedAt).ToList();
        var successes = callers.Successes.Select(at => Ticks.Ms(outage.KilledAt, at)).ToList();
        var lastBucket = (int)(successes.Max() / BucketMs);
        var firstAt = callers.Successes.Where(at => at > outage.BackAt).Min();
        return new OutageResult(
            Ticks.Ms(outage.BackAt, firstAt),
            Ticks.Ms(outage.BackAt, fullAt),
            failures.Count - others.Count,
            others.Count,
            connectsMost,
            inVain,
            others.Count == 0 ? null : $"{others[0].Error.GetType().Name}: {others[0].Error.Message.ReplaceLineEndings(" ")}",
            [
                .. Enumerable.Range(-3, lastBucket + 3).Select(bucket => (
                    (bucket + 0.5) * BucketMs / 1e3,
                    successes.Count(ms => ms >= bucket * BucketMs && ms < (bucket + 1) * BucketMs) * 1e3 / BucketMs)),
            ],
            [
                (-0.3, Limits.Connections), (0, Limits.Connections), (0, 0),
                .. journal.Ready.Select(at => (Ticks.Ms(outage.KilledAt, at), 1))
                    .Concat(journal.Gone.Select(at => (Ticks.Ms(outage.KilledAt, at), -1)))
                    .Order()
                    .Aggregate(new List<(double, double)>(), static (points, change) =>
                    {
                        points.Add((change.Item1 / 1e3, (points.Count == 0 ? 0 : points[^1].Item2) + change.Item2));
                        return points;
                    }),
            ]);
    }

    Section Report(RecoveryEntry[] entries, List<OutageResult>[] results)
    {
        var section = new Section(
            "recovery-outage",
            string.Create(
                CultureInfo.InvariantCulture,
                $"recovery: {Callers.Count} callers on {Limits.Connections} connections, requests of {Limits.WorkMs} ms, the server away for {_outage.TotalMilliseconds} ms"),
            "medians of the outages",
            new Column("first success ms", "0"),
            new Column("all back ms", "0"),
            new Column("failed, in flight", "0"),
            new Column("failed, not in flight", "0"),
            new Column("most connects at a time", "0"),
            new Column("connects in vain", "0"));
        foreach (var (entry, own) in entries.Zip(results))
        {
            section.Add(
                entry.Name,
                Statistics.Median(own.Select(static result => result.FirstSuccessMs)),
                Statistics.Median(own.Select(static result => result.AllBackMs)),
                Statistics.Median(own.Select(static result => (double)result.FailedInFlight)),
                own.Max(static result => result.FailedOtherwise),
                own.Max(static result => result.ConnectsMost),
                Statistics.Median(own.Select(static result => result.ConnectsInVain)));
            if (own.Find(static result => result.OtherError is not null)?.OtherError is { } error)
            {
                section.Say($"Not in flight, {entry.Name}: {error[..Math.Min(error.Length, 200)]}");
            }
        }

        section.Say("Counted from the server's return. In flight: had a connection when the server's process ended; the handlers of HTTP do not tell, so there: begun by then. " +
            "A caller whose request fails tries again after 10 ms. Failures not in flight and connects at a time are the worst of all outages; of HTTP, which has no login, at the client; of ActorPool.Http by its spans. Connects in vain are those while the server was away, Npgsql's without those of its own making.");
        section.Say("Callers of ActorPool who have no connection wait until the server is back, up to AcquireTimeout (15 s); once the endpoint has failed for UnavailableAfter (15 s; HTTP: 0) they are told so at once.");
        foreach (var (entry, own) in entries.Zip(results).Where(static pair => RecoveryField.Ours.Contains(pair.First.Name)))
        {
            section.Expect(Target.AtMost($"recovery: {entry.Name}: failed requests that were not in flight", own.Max(static result => result.FailedOtherwise), 0));
            section.Expect(Target.AtMost($"recovery: {entry.Name}: most connects at a time, at the server", own.Max(static result => result.ConnectsMost), Limits.ConnectsMax));
            section.Expect(Target.AtMost(
                $"recovery: {entry.Name}: first success / wait under way, with callers",
                Statistics.Median(own.Select(static result => result.FirstSuccessMs)) / Limits.StepAt(_outage).TotalMilliseconds,
                1.2));
        }

        var drawn = entries.Zip(results).Where(pair => !pair.First.Name.Contains(',', StringComparison.Ordinal)).ToList();
        section.Draw(new LineChart(
            "successes",
            string.Create(CultureInfo.InvariantCulture, $"Requests answered, the server away for {_outage.TotalSeconds} s"),
            new Axis("seconds since the kill"),
            new Axis("requests per second"),
            [.. drawn.Select(static pair => new Series(pair.First.Name, pair.Second[0].Successes))]));
        section.Draw(new LineChart(
            "connections",
            string.Create(CultureInfo.InvariantCulture, $"Connections in use, the server away for {_outage.TotalSeconds} s"),
            new Axis("seconds since the kill"),
            new Axis("connections"),
            [.. drawn.Select(static pair => new Series(pair.First.Name, pair.Second[0].Ready))]));
        section.Keep(entries.Zip(results, static (entry, own) => new
        {
            entry.Name,
            outages = own.Select(static result => new
            {
                result.FirstSuccessMs,
                result.AllBackMs,
                result.FailedInFlight,
                result.FailedOtherwise,
                result.ConnectsMost,
                result.ConnectsInVain,
            }),
        }));
        return section;
    }
}
