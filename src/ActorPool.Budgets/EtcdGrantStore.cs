using ActorPool.Budgets.Engines;
using ActorPool.Budgets.Etcd;

namespace ActorPool.Budgets;

/// <summary>
/// Keeps a budget's records in an etcd, 3.4 or later, through the JSON gateway that every member has (<c>/v3/…</c>). A commit is one transaction and one round trip; reads
/// are linearizable. etcd's leases are not used.
/// </summary>
/// <remarks>
/// The incarnation is the cluster's id, which a restore from a snapshot changes; etcd does not compare it, only tell it. A version is a revision. The keys are
/// <c>prefix/budget/…</c>, and <c>prefix/budget!/…</c> for what is watched; nothing but them is read or written. A request that may have reached a member which then failed is not sent to another one, so that an answer
/// never says that something was not written which was.
/// </remarks>
public sealed class EtcdGrantStore : IGrantStore
{
    readonly EtcdGrantStoreOptions _options;
    readonly EtcdClient _client;

    /// <summary>Makes one. Nothing is opened before it is used.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="runtime">The clock and the randomness; null is <see cref="PoolRuntime.Default"/>.</param>
    /// <exception cref="ArgumentException">Options make no sense: all problems are listed.</exception>
    public EtcdGrantStore(EtcdGrantStoreOptions options, PoolRuntime? runtime = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        EtcdTarget.Check(options);
        _options = options.Copy();
        _client = new EtcdClient(_options, runtime ?? PoolRuntime.Default);
    }

    /// <inheritdoc/>
    public async Task<GrantReply> CommitAsync(GrantTransaction transaction, CancellationToken cancellationToken)
    {
        TransactionRules.Check(transaction);
        var converted = new EtcdTransaction(_options.KeyPrefix, transaction);
        return converted.Reply(await _client.CommitAsync(converted.Request(), converted.IsRead, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public Task WatchAsync(string budget, string key, Action changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changed);
        return _client.WatchAsync(EtcdTransaction.BellOf(_options.KeyPrefix, budget, key), changed, cancellationToken);
    }

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return default;
    }

    /// <summary>Where it leads, without secrets.</summary>
    public override string ToString() => _options.ToString();
}
