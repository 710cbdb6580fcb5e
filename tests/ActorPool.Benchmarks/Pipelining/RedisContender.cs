using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Pipelining;

/// <summary>Who takes part in a scenario of Redis: its workers run pipelines until their slice is over.</summary>
sealed class RedisContender(string name, Func<int, ValueTask<IRedisCandidate>> open) : Contender(name)
{
    IRedisCandidate? _candidate;

    public override void Open(int size) => _candidate = open(size).AsTask().GetAwaiter().GetResult();

    public override void Close() => _candidate!.DisposeAsync().AsTask().GetAwaiter().GetResult();

    protected override Task StartAsync(Scenario scenario, Worker worker) => _candidate!.WorkAsync(worker, ((RedisScenario)scenario).Depth);
}
