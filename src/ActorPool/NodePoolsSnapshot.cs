namespace ActorPool;

/// <summary>One node of a cluster, and its pools.</summary>
/// <param name="Address">The node's address.</param>
/// <param name="Roles">What it is in the cluster for, in alphabetical order.</param>
/// <param name="IsThis">Whether it is the node that asked.</param>
/// <param name="PoolCount">How many pools it has; zero if it did not answer.</param>
/// <param name="Pools">Its pools; of very many those first that are in trouble, and not all. None if it did not answer.</param>
/// <param name="Silence">Why nothing is known of its pools; null if it answered.</param>
public sealed record NodePoolsSnapshot(
    string Address, IReadOnlyList<string> Roles, bool IsThis, int PoolCount, IReadOnlyList<NodePoolSnapshot> Pools, string? Silence = null)
{
    /// <summary>Whether the node has answered.</summary>
    public bool HasAnswered => Silence is null;
}
