using ActorPool.Benchmarks.Candidates;
using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Listening;

/// <summary>This project, with somebody who listens while it is at work, and only then.</summary>
/// <param name="name">Who listens.</param>
/// <param name="meters">The pool's own, which are done with when the pool is closed.</param>
/// <param name="listen">Begins to listen; what it gives ends it.</param>
sealed class ListenedContender(string name, OwnMeters meters, Func<OwnMeters, IDisposable?> listen) : Contender(name)
{
    ActorPoolCandidate _pool;

    public override void Open(int size) =>
        _pool = ActorPoolCandidate.OpenAsync(size, new PoolRuntime { MeterFactory = meters }).AsTask().GetAwaiter().GetResult();

    public override void Close()
    {
        _pool.DisposeAsync().AsTask().GetAwaiter().GetResult();
        meters.Dispose();
    }

    protected override async Task StartAsync(Scenario scenario, Worker worker)
    {
        using var listener = listen(meters);
        await scenario.WorkAsync<ActorPoolCandidate, Lease<IdleConnection>>(_pool, worker);
    }
}
