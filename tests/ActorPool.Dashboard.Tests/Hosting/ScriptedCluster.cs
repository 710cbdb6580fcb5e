namespace ActorPool.Dashboard.Tests.Hosting;

/// <summary>A cluster that says of its nodes what it is told to.</summary>
sealed class ScriptedCluster : IPoolCluster
{
    /// <summary>Two nodes with pools, and one that is silent.</summary>
    public ClusterPoolsSnapshot Now { get; set; } = new(
    [
        new NodePoolsSnapshot("akka.tcp://shop@10.0.0.1:4053", ["db", "web"], IsThis: true, 1, [Pool("orders", leased: 3, max: 8)]),
        new NodePoolsSnapshot("akka.tcp://shop@10.0.0.2:4053", ["db"], IsThis: false, 2,
        [
            Pool("customers", leased: 0, max: 4) with { Health = PoolHealth.Unavailable, Waiting = 5, LastError = "IOException: connection refused" },
            Pool("orders", leased: 1, max: 8),
        ]),
        new NodePoolsSnapshot("akka.tcp://shop@10.0.0.3:4053", [], IsThis: false, 0, [], "no answer within 2 s"),
    ]);

    /// <summary>What is thrown in place of an answer; null for none.</summary>
    public Exception? Error { get; set; }

    /// <summary>What is waited for before the answer; null for nothing.</summary>
    public Task? Before { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    public static NodePoolSnapshot Pool(string name, int leased, int max) =>
        new() { Name = name, Health = PoolHealth.Healthy, Leased = leased, Idle = 2, Opening = 1, Waiting = 0, MaxSize = max };

    public async Task<ClusterPoolsSnapshot> SnapshotAsync(CancellationToken cancellationToken = default)
    {
        Asked++;
        await (Before ?? Task.CompletedTask).WaitAsync(cancellationToken);
        return Error is null ? Now : throw Error;
    }
}
