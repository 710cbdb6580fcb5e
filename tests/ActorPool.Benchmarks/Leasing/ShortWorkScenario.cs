using System.Diagnostics;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Leasing;

/// <summary>
/// (d) Tasks that use their lease: they let go of their thread, as every request on a wire does, and then work for 50 µs on
/// the reply. The work is what takes the time; the pool must not add to it, and nobody may wait longer than his share.
/// </summary>
sealed class ShortWorkScenario : Scenario
{
    static readonly CpuWork Work = CpuWork.Calibrate(TimeSpan.FromMicroseconds(50));

    public override string Key => "d";

    public override string Title => $"(d) {Tasks} tasks on a pool of {PoolSize}, each holding for a Task.Yield and 50 µs of work";

    public override int Tasks => 64;

    public override Columns Columns => Columns.Fairness | Columns.Waits;

    public override IReadOnlyList<Contender> Contenders(Field field) =>
        [Field.ActorPool(), Field.Channel(), Field.Semaphore(), .. field.Npgsql(), Field.NoPool()];

    public override async Task WorkAsync<TPool, TLease>(TPool pool, Worker worker)
    {
        while (worker.IsOn)
        {
            var asked = Stopwatch.GetTimestamp();
            var lease = await pool.AcquireAsync();
            var waited = Stopwatch.GetTimestamp() - asked;
            await Task.Yield();
            Work.Do();
            pool.Release(lease);
            worker.Count(waited);
        }
    }

    public override IEnumerable<Target> Judge(ScenarioResult result)
    {
        var ours = result[Names.ActorPool];
        var (channel, semaphore) = (result[Names.Channel], result[Names.Semaphore]);
        yield return Target.AtLeast(
            "(d) throughput over the best of the others",
            Math.Min(ours.ThroughputOver(channel), ours.ThroughputOver(semaphore)),
            0.98);

        // Waits are read from buckets: what differs by less than a bucket is the same.
        yield return Target.AtMost(
            "(d) p99 wait over the best of the others'",
            Math.Max(ours.P99WaitOver(channel), ours.P99WaitOver(semaphore)),
            1 + WaitHistogram.RelativeError);
    }
}
