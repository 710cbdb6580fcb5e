using ActorPool.Benchmarks.Recovery.Candidates;
using ActorPool.Benchmarks.Recovery.Serving;
using ActorPool.Benchmarks.Reporting;
using ActorPool.Servers;

namespace ActorPool.Benchmarks.Recovery;

/// <summary>
/// A server that comes back ill: it accepts, and ends the connection at once or on its first request. How often it is
/// connected to then, counted where it hurts.
/// </summary>
sealed class DyingServerMeasurement(PostgresServer? postgres, bool isQuick)
{
    /// <summary>What a server may be asked to bear once it is known to be ill: the steps of the backoff.</summary>
    const double PerSecondMost = 2;

    readonly TimeSpan _length = TimeSpan.FromMilliseconds(isQuick ? 200 : 5_000);

    public async Task<Section> RunAsync()
    {
        var section = new Section(
            "recovery-dying",
            FormattableString.Invariant($"recovery: a server that accepts and dies, {Callers.Count} callers on up to {Limits.Connections} connections, for {_length.TotalSeconds} s"),
            "connects per second",
            new Column("dies when it has accepted", "0.0"),
            new Column("first second", "0"),
            new Column("last second", "0"),
            new Column("dies on the first request", "0.0"),
            new Column("first second ", "0"),
            new Column("last second ", "0"));
        foreach (var entry in RecoveryField.All(postgres))
        {
            var accepting = await MeasureAsync(entry, Demise.Accept);
            var answering = await MeasureAsync(entry, Demise.Request);
            section.Add(entry.Name, [.. accepting, .. answering]);
            if (!isQuick && RecoveryField.Ours.Contains(entry.Name))
            {
                section.Expect(Target.AtMost($"recovery: {entry.Name}: connects per second to a server that dies on accept, after the first second", After(accepting), PerSecondMost));
            }

            // A database connection does not tell of its end, so that nobody knows that it was not its holder's fault.
            if (!isQuick && entry.Service != Service.Relay && RecoveryField.Ours.Contains(entry.Name))
            {
                section.Expect(Target.AtMost($"recovery: {entry.Name}: connects per second to a server that dies on the first request, after the first second", After(answering), PerSecondMost));
            }
        }

        section.Say($"In the first second each of the {Limits.Connections} connections that were lost may be replaced once, before the first of the new ones is known to have ended.");
        section.Say("Counted at the server, which resets what it has accepted. No login: opening is the connect alone, and succeeds (PostgreSQL's has a login, and fails if the server dies before it). " +
            "A caller whose request fails tries again after 10 ms.");
        return section;
    }

    double After(double[] rates) => ((rates[0] * _length.TotalSeconds) - rates[1]) / (_length.TotalSeconds - 1);

    async Task<double[]> MeasureAsync(RecoveryEntry entry, Demise demise)
    {
        var plan = new ServerPlan(entry.Service, LoginMs: 0, WorkMs: 1, Demise.None, Limits.Connections, postgres?.Port ?? 0);
        await using var server = await KillableServer.StartAsync(plan);
        await using var candidate = await entry.Open(server.Port, false);
        var callers = new Callers(candidate);
        await server.FullAsync(Limits.Patience);
        await server.PrepareAsync(demise);
        var outage = await server.FailAsync(TimeSpan.Zero);
        await Task.Delay(_length);
        var accepted = (await server.ReportAsync()).Accepted.Select(at => Ticks.Ms(outage.BackAt, at) / 1e3).Where(at => at < _length.TotalSeconds).ToList();

        // Who waits for a connection gets none: the pool is closed under them.
        var stopping = callers.StopAsync(Limits.Patience);
        await candidate.DisposeAsync();
        await stopping;
        return
        [
            accepted.Count / _length.TotalSeconds,
            accepted.Count(static at => at < 1),
            accepted.Count(at => at >= _length.TotalSeconds - 1),
        ];
    }
}
