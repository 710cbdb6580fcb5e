using System.Globalization;

namespace ActorPool.Budgets.Cluster.Nodes;

/// <summary>What a node's pool has at a moment, as one line.</summary>
/// <param name="Size">Connections, those that are being opened or closed included.</param>
/// <param name="Busy">Leases that work.</param>
/// <param name="Queries">Answered so far.</param>
/// <param name="Failed">Queries and acquires that have failed so far.</param>
/// <param name="DeadlineMs">How long the node may use its grants without another renewal.</param>
/// <param name="IsKeeper">Whether the whole book is kept here, where the nodes are the engine.</param>
readonly record struct NodeStatus(int Size, int Busy, long Queries, long Failed, int DeadlineMs, bool IsKeeper)
{
    public static NodeStatus Parse(string line)
    {
        var numbers = line.Split(' ').Select(static word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return new((int)numbers[0], (int)numbers[1], numbers[2], numbers[3], (int)numbers[4], numbers[5] != 0);
    }

    public override string ToString() => $"{Size} {Busy} {Queries} {Failed} {DeadlineMs} {(IsKeeper ? 1 : 0)}";
}
