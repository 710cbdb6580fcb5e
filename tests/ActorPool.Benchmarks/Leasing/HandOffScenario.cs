using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Leasing;

/// <summary>
/// (c) Tasks that let go of their thread while they hold a lease, so that all connections are out and nearly every acquire
/// has to wait for a release.
/// </summary>
sealed class HandOffScenario : Scenario
{
    public override string Key => "c";

    public override string Title => $"(c) hand-off: {Tasks} tasks on a pool of {PoolSize}, one Task.Yield while holding";

    public override int Tasks => 64;

    public override Columns Columns => Columns.Fairness;

    // One thread that loses its core for a time slice takes one task with it: the window must be long beside that.
    public override int Length => 2;

    public override IReadOnlyList<Contender> Contenders(Field field) =>
    [
        Field.ActorPool(), Field.Channel(), Field.Semaphore(), Field.TimedChannel(), Field.TimedSemaphore(),
        .. field.Npgsql(), Field.NoPool(),
    ];

    public override async Task WorkAsync<TPool, TLease>(TPool pool, Worker worker)
    {
        while (worker.IsOn)
        {
            var lease = await pool.AcquireAsync();
            await Task.Yield();
            pool.Release(lease);
            worker.Count();
        }
    }

    public override IEnumerable<Target> Judge(ScenarioResult result)
    {
        var ours = result[Names.ActorPool];
        yield return Target.AtLeast($"(c) throughput over {Names.Channel}", ours.ThroughputOver(result[Names.Channel]), 1.1);
        yield return Target.NoBytes("(c) bytes per lease", result.OwnBytesPerLease(ours));
        yield return Target.AtMost("(c) most over least leases per task", ours.MostOverLeast, 1.1);
    }
}
