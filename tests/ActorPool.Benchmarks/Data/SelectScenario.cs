using System.Data.Common;
using ActorPool.Benchmarks.Candidates;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Data;

/// <summary>Open, <c>SELECT 1</c>, close: what every request of a web application does, with as little else as possible.</summary>
/// <param name="connectionString">The server.</param>
/// <param name="callers">How many tasks do it at once.</param>
/// <param name="discards">Whether both pools reset the session of every connection between holders, by <c>DISCARD ALL</c>.</param>
sealed class SelectScenario(string connectionString, int callers, bool discards) : Scenario
{
    const string Npgsql = "Npgsql's own pool";
    const string Again = "Npgsql's own pool, again";
    const string Held = "raw connections, held";

    public override string Key => $"data-{callers}{(discards ? "-discard" : "")}";

    public override string Title =>
        $"SELECT 1, {callers} {(callers == 1 ? "caller" : "callers")} on {PoolSize} connections, {(discards ? "DISCARD ALL between holders" : "no reset")}";

    public override int Tasks => callers;

    public override Columns Columns => Columns.Fairness;

    public override IReadOnlyList<string> References => callers <= PoolSize ? [Npgsql, Held] : [Npgsql];

    public override IReadOnlyList<Contender> Contenders(Field field) =>
    [
        new Contender<DataCandidate, DbConnection>(Names.ActorPool, size => DataCandidate.OpenAsync(connectionString, discards, size)),
        new Contender<NpgsqlDataCandidate, DbConnection>(Npgsql, size => NpgsqlDataCandidate.OpenAsync(connectionString, discards, size)),
        new Contender<NpgsqlDataCandidate, DbConnection>(Again, size => NpgsqlDataCandidate.OpenAsync(connectionString, discards, size)),
        .. callers <= PoolSize
            ? [new Contender<HeldCandidate, DbConnection>(Held, size => HeldCandidate.OpenAsync(connectionString, size))]
            : Array.Empty<Contender>(),
    ];

    public override async Task WorkAsync<TPool, TLease>(TPool pool, Worker worker)
    {
        if (typeof(TPool) == typeof(HeldCandidate))
        {
            var held = await pool.AcquireAsync();
            while (worker.IsOn)
            {
                await ExecuteAsync((DbConnection)(object)held!, "SELECT 1");
                if (discards)
                {
                    // What a reset with a round trip of its own costs, whoever sends it.
                    await ExecuteAsync((DbConnection)(object)held!, "DISCARD ALL");
                }

                worker.Count();
            }

            pool.Release(held);
            return;
        }

        while (worker.IsOn)
        {
            var lease = await pool.AcquireAsync();
            await ExecuteAsync((DbConnection)(object)lease!, "SELECT 1");
            pool.Release(lease);
            worker.Count();
        }
    }

    public override IEnumerable<Target> Judge(ScenarioResult result)
    {
        var ours = result[Names.ActorPool];
        var theirs = result[Npgsql];
        var what = $"{Title}: throughput over";
        yield return discards && callers > PoolSize
            ? Target.Goal($"{what} {Npgsql}", ours.ThroughputOver(theirs), 0.95)
            : Target.AtLeast($"{what} {Npgsql}", ours.ThroughputOver(theirs), discards ? 0.95 : 1.0);
        // For information: where a ratio is lost in the machine's unrest.
        yield return Target.Goal($"{what.Replace(": throughput", ": Npgsql's pool,", StringComparison.Ordinal)} itself (the noise)", result[Again].ThroughputOver(theirs), 1.0);
        if (callers == PoolSize && result.Find(Held) is { } held)
        {
            yield return discards
                ? Target.Goal($"{what} {Held}, reset by a round trip", ours.ThroughputOver(held), 0.95)
                : Target.AtLeast($"{what} {Held}", ours.ThroughputOver(held), 0.95);
        }
    }

    static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteScalarAsync();
    }
}
