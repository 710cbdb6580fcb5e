namespace ActorPool.Budgets;

/// <summary>
/// Makes sure, at the server whose connections are counted, that a node's connections are gone: what a frozen process keeps open,
/// what the server runs on for a killed one. Grants of a silent node are given to others only after that, or after
/// <see cref="ClusterBudgetOptions.FreezeQuarantine"/>. Connections are told apart by the name that they give themselves
/// (<see cref="ClusterBudget.ClientName"/>: PostgreSQL's <c>application_name</c>, Redis's <c>CLIENT SETNAME</c>).
/// </summary>
public interface IGrantFence
{
    /// <summary>Ends every connection of one node, and counts those that are still there.</summary>
    /// <param name="clientName">The node's <see cref="ClusterBudget.ClientName"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many of its connections the server still has. 0: they are gone.</returns>
    /// <exception cref="GrantStoreException">The server was not reached or refused: nothing is confirmed.</exception>
    ValueTask<int> EndAsync(string clientName, CancellationToken cancellationToken);

    /// <summary>Ends every connection of nodes that nobody knows of any more, and counts those that are still there.</summary>
    /// <param name="clientNamePrefix">What the names of all nodes of the budget begin with.</param>
    /// <param name="known">The nodes whose connections stay.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many of the others' connections the server still has.</returns>
    /// <exception cref="GrantStoreException">The server was not reached or refused: nothing is confirmed.</exception>
    ValueTask<int> EndOthersAsync(string clientNamePrefix, IReadOnlyCollection<string> known, CancellationToken cancellationToken);
}
