using System.CommandLine;
using ActorPool.Budgets.Cluster;
using ActorPool.Budgets.Cluster.Nodes;
using ActorPool.Budgets.Cluster.Runs;

namespace ActorPool.AkkaNet.Proof.Partitions;

/// <summary><c>partition</c>: networks that come apart.</summary>
static class PartitionCommand
{
    const int Budget = 20;

    public static Command Create(AkkaEngine engine)
    {
        var (seed, seconds, strict) = (CommandLine.Seed(), CommandLine.Seconds(), CommandLine.Strict());
        var partition = new Command("partition", "Five nodes in network namespaces of their own; two of them are cut off from the others, and still reach the server. Needs root and iproute2.")
        {
            seed, seconds, strict,
        };
        partition.SetAction((result, interrupted) => new PartitionRun(
            new RunSettings(
                EngineKind.Nodes,
                result.GetValue(seed),
                TimeSpan.FromSeconds(result.GetValue(seconds)),
                HasFence: true,
                Budget,
                result.GetValue(strict)),
            engine,
            Console.Out,
            interrupted).RunAsync());
        return partition;
    }
}
