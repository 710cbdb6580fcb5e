using ActorPool.Benchmarks.Candidates;

namespace ActorPool.Benchmarks.Measuring;

/// <summary>
/// A contender that knows its candidate's types; from here on everything is compiled for this candidate alone.
/// </summary>
sealed class Contender<TPool, TLease>(string name, Func<int, ValueTask<TPool>> open) : Contender(name)
    where TPool : struct, ICandidate<TLease>
{
    TPool _pool;

    public override void Open(int size) => _pool = open(size).AsTask().GetAwaiter().GetResult();

    public override void Close() => _pool.DisposeAsync().AsTask().GetAwaiter().GetResult();

    protected override Task StartAsync(Scenario scenario, Worker worker) => scenario.WorkAsync<TPool, TLease>(_pool, worker);
}
