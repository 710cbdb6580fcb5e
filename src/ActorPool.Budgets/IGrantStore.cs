namespace ActorPool.Budgets;

/// <summary>
/// An engine that keeps small records under keys, and changes several of them at once if none of them has changed since
/// (a multi-key compare-and-set). It knows nothing of grants: what the records mean is decided by the nodes. All members may
/// be called from any thread, also at once.
/// </summary>
/// <remarks>
/// What an engine has to promise: what is expected and written is linearizable (one order for all nodes); what else a transaction reads was true at
/// one moment between its request and its answer, all of it at the same one; a version is never given twice to two states of a key, not
/// even after it was removed and written again; and what was acknowledged is kept, or else the incarnation changes.
/// <c>GrantStoreContract</c> in the tests is the list, clause by clause.
/// </remarks>
public interface IGrantStore : IAsyncDisposable
{
    /// <summary>
    /// Compares, writes and reads, in one round trip, all or nothing. Reads are answered whether or not the comparison held, and show
    /// what the writes left.
    /// </summary>
    /// <param name="transaction">What to compare, write and read.</param>
    /// <param name="cancellationToken">Gives up waiting. The transaction may be carried out all the same, also later.</param>
    /// <returns>Whether it was committed, and what was read.</returns>
    /// <exception cref="GrantStoreException">The engine was not reached, or refused. The transaction may have been carried out all the same.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<GrantReply> CommitAsync(GrantTransaction transaction, CancellationToken cancellationToken);

    /// <summary>
    /// Tells of changes to one record, as they happen, until it is cancelled. Best effort: a change may be told late, twice
    /// or not at all (nodes look by themselves too), but one that others have made and <see cref="GrantTransaction.Notify"/> names is
    /// told, as a rule, within a round trip.
    /// </summary>
    /// <param name="budget">The budget's name.</param>
    /// <param name="key">The record.</param>
    /// <param name="changed">Called once as soon as the watch stands, and for each change from then on; on any thread; does not block.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>
    /// Ends when the watch is broken (with the error) or cancelled; the node watches again after a while. Completes at once,
    /// without an error, if this engine cannot watch: the node then looks every <see cref="ClusterBudgetOptions.PollInterval"/>.
    /// </returns>
    Task WatchAsync(string budget, string key, Action changed, CancellationToken cancellationToken);
}
