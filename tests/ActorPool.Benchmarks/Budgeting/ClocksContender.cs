using ActorPool.Benchmarks.Candidates;
using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Budgeting;

/// <summary>No pool: the two clocks are read, and that is all.</summary>
sealed class ClocksContender() : Contender("the two clocks alone")
{
    readonly ClocksCandidate _clocks = new();

    public override void Open(int size)
    {
    }

    public override void Close()
    {
    }

    protected override Task StartAsync(Scenario scenario, Worker worker) =>
        scenario.WorkAsync<ClocksCandidate, IdleConnection>(_clocks, worker);
}
