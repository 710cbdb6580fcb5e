using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Callers;

/// <summary>Who takes part with real requests: its workers send them until their slice is over.</summary>
sealed class RequestContender(string name, Func<int, ValueTask<IRequests>> open) : Contender(name)
{
    IRequests? _requests;

    public override void Open(int size) => _requests = open(size).AsTask().GetAwaiter().GetResult();

    public override void Close() => _requests!.DisposeAsync().AsTask().GetAwaiter().GetResult();

    protected override Task StartAsync(Scenario scenario, Worker worker) => _requests!.WorkAsync(worker);
}
