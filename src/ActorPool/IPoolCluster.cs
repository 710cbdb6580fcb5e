namespace ActorPool;

/// <summary>The nodes of a cluster that have pools, as operators look at them. What joins processes to a cluster implements it.</summary>
public interface IPoolCluster
{
    /// <summary>Asks every node for its pools, all at once. A node that does not answer in time is listed as such; nobody waits longer for it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<ClusterPoolsSnapshot> SnapshotAsync(CancellationToken cancellationToken = default);
}
