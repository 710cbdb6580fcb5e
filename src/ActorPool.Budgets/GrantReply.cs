namespace ActorPool.Budgets;

/// <summary>An engine's answer to a <see cref="GrantTransaction"/>.</summary>
/// <param name="IsCommitted">Whether everything was as expected, and so everything was written. True for a read.</param>
/// <param name="Version">The version that the written records have now; 0 if nothing was written.</param>
/// <param name="Incarnation">
/// Which life of the engine answers: another one after acknowledged writes may have been lost (a fail-over, a restore). For
/// PostgreSQL system identifier and timeline, for etcd the cluster's id.
/// </param>
/// <param name="Revision">
/// How much the engine has been through: never lower than in an earlier answer, and higher after every commit of any budget. Lower
/// all the same, it has lost writes. For PostgreSQL the next transaction's number, for etcd the revision.
/// </param>
/// <param name="Records">What was read, in any order, each record once.</param>
public sealed record GrantReply(bool IsCommitted, long Version, string Incarnation, long Revision, IReadOnlyList<GrantRecord> Records);
