using ActorPool.Budgets.Postgres;

namespace ActorPool.Budgets;

/// <summary>Which PostgreSQL keeps a budget's records, and how. Copied when a store is made: later changes have no effect.</summary>
public sealed class PostgresGrantStoreOptions
{
    /// <summary>What the table is called if nothing else is said.</summary>
    public const string DefaultTable = "actorpool_grants";

    /// <summary>
    /// Npgsql's connection string, of a server that takes writes; of several hosts the primary is taken. What it says of pooling,
    /// enlisting, cancelling and application names is not used; <c>Timeout</c> and <c>Host Recheck Seconds</c> are 2 s at most, so that a host that does not answer
    /// leaves time for the next.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// The table, <c>name</c> or <c>schema.name</c>, of letters, digits and <c>_</c>. Default <see cref="DefaultTable"/>, where the search path
    /// leads. Many budgets share one.
    /// </summary>
    public string Table { get; set; } = DefaultTable;

    /// <summary>
    /// Whether to make the table on first use if it is not there. Default true. Without, an operator runs
    /// <see cref="PostgresGrantStore.CreateTableScript"/>.
    /// </summary>
    public bool CreateTable { get; set; } = true;

    /// <summary>
    /// Whether to hear of changes at once, by <c>LISTEN</c>. Default true. Off where a pooler gives every transaction another session (PgBouncer's
    /// transaction mode): nodes then look every <see cref="ClusterBudgetOptions.PollInterval"/>.
    /// </summary>
    public bool Listen { get; set; } = true;

    /// <summary>What the store's one connection calls itself. Default <c>actorpool-budget</c>; 1 to 63 letters of printable ASCII.</summary>
    public string ApplicationName { get; set; } = "actorpool-budget";

    /// <summary>Where it leads, without secrets.</summary>
    public override string ToString() => PostgresTarget.Describe(this);

    internal PostgresGrantStoreOptions Copy() => (PostgresGrantStoreOptions)MemberwiseClone();
}
