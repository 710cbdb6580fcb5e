using ActorPool.Benchmarks.Candidates;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Leasing;

/// <summary>(b) Tasks that acquire and release and do nothing in between: the pool is all they contend for.</summary>
sealed class NoWorkScenario(int tasks) : Scenario
{
    public override string Key => $"b{Tasks}";

    public override string Title => $"(b) {Tasks} tasks on a pool of {PoolSize}, acquire + release, no work";

    public override int Tasks { get; } = tasks;

    public override IReadOnlyList<Contender> Contenders(Field field) =>
        [Field.ActorPool(), Field.Channel(), Field.Semaphore(), Field.ObjectPool(), .. field.Npgsql(), Field.NoPool()];

    public override Task WorkAsync<TPool, TLease>(TPool pool, Worker worker) =>
        AcquireAndReleaseAsync<TPool, TLease>(pool, worker);

    /// <summary>The loop of those who do nothing with their lease.</summary>
    public static async Task AcquireAndReleaseAsync<TPool, TLease>(TPool pool, Worker worker)
        where TPool : struct, ICandidate<TLease>
    {
        while (worker.IsOn)
        {
            for (var i = 0; i < Burst.Leases; i++)
            {
                pool.Release(await pool.AcquireAsync());
                worker.Count();
            }

            await Task.Yield();
        }
    }

    public override IEnumerable<Target> Judge(ScenarioResult result)
    {
        var ours = result[Names.ActorPool];
        yield return Target.AtLeast($"({Key}) throughput over {Names.Semaphore}", ours.ThroughputOver(result[Names.Semaphore]), 1.0);
        yield return Target.Goal($"({Key}) throughput over {Names.Channel}", ours.ThroughputOver(result[Names.Channel]), 1.0);
    }
}
