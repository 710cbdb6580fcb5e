namespace ActorPool.Budgets;

/// <summary>What an engine is asked to do at once: compare, and if all is as expected, write; then read.</summary>
public sealed record GrantTransaction
{
    /// <summary>The budget's name: records of different budgets have nothing to do with each other.</summary>
    public required string Budget { get; init; }

    /// <summary>
    /// The incarnation of the engine that the writer believes in; null: any. An engine that can, compares it in the same step as the
    /// versions; one that cannot (etcd tells its cluster id only in its answer), answers with its own.
    /// </summary>
    public string? Incarnation { get; init; }

    /// <summary>What must hold; each key at most once. Every key that is written is expected too. Empty if nothing is written.</summary>
    public IReadOnlyList<GrantExpectation> Expected { get; init; } = [];

    /// <summary>What to write if it does; each key at most once. Empty: nothing is written, the transaction is a read.</summary>
    public IReadOnlyList<GrantWrite> Writes { get; init; } = [];

    /// <summary>
    /// Keys of others whose watchers are told if the transaction is committed, written or not. An engine that tells only of what is written (etcd) may
    /// leave out the rest.
    /// </summary>
    public IReadOnlyList<string> Notify { get; init; } = [];

    /// <summary>Records to read after that; those that are not there are left out of the answer.</summary>
    public IReadOnlyList<string> Read { get; init; } = [];

    /// <summary>
    /// Also reads the records that follow this key in the order of their keys (by their UTF-8 bytes), going round after
    /// the last, as far as this key itself, which is not among them; null: none. How many: <see cref="ReadAfterCount"/>. Only keys that begin
    /// with <see cref="ReadAfterPrefix"/> are counted.
    /// </summary>
    public string? ReadAfter { get; init; }

    /// <summary>How many records after <see cref="ReadAfter"/>; 0 to 100.</summary>
    public int ReadAfterCount { get; init; }

    /// <summary>What keys of <see cref="ReadAfter"/> begin with.</summary>
    public string ReadAfterPrefix { get; init; } = "";

    /// <summary>Reads every record of the budget instead.</summary>
    public bool ReadAll { get; init; }
}
