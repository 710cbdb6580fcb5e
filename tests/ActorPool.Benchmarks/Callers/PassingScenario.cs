using System.Diagnostics;
using System.Globalization;
using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Callers;

/// <summary>
/// No work at all: a caller lets go of its thread once while it holds its lease, and then passes the lease on. The pool is
/// what there is to wait for.
/// </summary>
sealed class PassingScenario(int callers, int poolSize) : CallersScenario(callers, poolSize)
{
    public override string Key => string.Create(CultureInfo.InvariantCulture, $"passing-{PoolSize}-{Tasks}");

    public override string Title => string.Create(CultureInfo.InvariantCulture, $"{Tasks} callers on a pool of {PoolSize}, one Task.Yield while holding");

    public override IReadOnlyList<Contender> Contenders(Field field) =>
        [Field.ActorPool(), Field.Channel(), Field.Semaphore(), Field.NoPool()];

    public override async Task WorkAsync<TPool, TLease>(TPool pool, Worker worker)
    {
        while (worker.IsOn)
        {
            var asked = Stopwatch.GetTimestamp();
            var lease = await pool.AcquireAsync();
            var waited = Stopwatch.GetTimestamp() - asked;
            await Task.Yield();
            pool.Release(lease);
            worker.Count(waited);
        }
    }
}
