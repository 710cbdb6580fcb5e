using ActorPool.AkkaNet.Budgeting;
using ActorPool.Budgets;
using ActorPool.Budgets.Engines;
using Akka.Actor;
using Akka.Configuration;

namespace ActorPool.AkkaNet;

/// <summary>
/// An engine that is the cluster itself: a keeper, of which there is one in the cluster at a time, has the budgets' records, and a quorum of the members
/// has every change before it counts. Needs neither a database nor etcd. Any member may use it, those that do not keep the book too.
/// </summary>
/// <remarks>
/// <para>The keeper is a cluster singleton. Each member of the role has a copy, in Akka's distributed data. A transaction is answered when
/// <see cref="AkkaGrantStoreOptions.QuorumSize"/> members have stored what it wrote and none of them follows another keeper; members of which any two quorums
/// share one, so that a keeper that was cut off can acknowledge nothing once another has taken over.</para>
/// <para>Every keeper is another incarnation of the book, with versions above all that were given before: the nodes say what they hold, and nothing is
/// granted for lifetime + margin. So what a keeper may have lost with its members harms nobody. The records of the dead are kept as long as a quorum lives.</para>
/// </remarks>
public sealed class AkkaGrantStore : IGrantStore
{
    readonly BudgetCluster _cluster;

    /// <summary>Makes one, on a node that takes part in keeping the book if it has the role. The node need not have joined its cluster yet.</summary>
    /// <param name="system">The actor system, with <c>akka.actor.provider = cluster</c>.</param>
    /// <param name="options">How the book is kept; null: as the system's configuration says. The same for all of a system.</param>
    /// <exception cref="ArgumentException">Options make no sense, or differ from those that the system was given first: all problems are listed.</exception>
    /// <exception cref="InvalidOperationException">The system is not configured for it; the message says what is missing.</exception>
    public AkkaGrantStore(ActorSystem system, AkkaGrantStoreOptions? options = null) => _cluster = Start(system, options);

    /// <summary>
    /// What an actor system's configuration must have as its fallback: the keys of <c>akka.actorpool</c>, and those of Akka's distributed data and cluster tools.
    /// Akka.Hosting's <c>WithActorPoolBudget</c> adds it by itself.
    /// </summary>
    public static Config DefaultConfig() => BudgetConfig.Default();

    /// <summary>
    /// Has a member of the role take part in keeping the book, whether or not it uses a budget itself. Every member of the role has to, with its start:
    /// one that does not is missing in the quorum. May be called several times. Not needed where a store is made at once.
    /// </summary>
    /// <param name="system">The actor system.</param>
    /// <param name="options">How the book is kept; null: as the system's configuration says.</param>
    /// <exception cref="ArgumentException">Options make no sense, or differ from those that the system was given first.</exception>
    /// <exception cref="InvalidOperationException">The system is not configured for it; the message says what is missing.</exception>
    public static void Keep(ActorSystem system, AkkaGrantStoreOptions? options = null) => Start(system, options);

    /// <inheritdoc/>
    public Task<GrantReply> CommitAsync(GrantTransaction transaction, CancellationToken cancellationToken)
    {
        TransactionRules.Check(transaction);
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<GrantReply>(cancellationToken)
            : _cluster.CommitAsync(transaction, cancellationToken);
    }

    /// <inheritdoc/>
    public Task WatchAsync(string budget, string key, Action changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changed);
        return _cluster.WatchAsync(new WatchRecord(budget, key), changed, cancellationToken);
    }

    /// <summary>Does nothing: the member goes on keeping the book, for others too, until its actor system ends.</summary>
    public ValueTask DisposeAsync() => default;

    /// <summary>Where it leads.</summary>
    public override string ToString() => _cluster.ToString();

    static BudgetCluster Start(ActorSystem system, AkkaGrantStoreOptions? options)
    {
        ArgumentNullException.ThrowIfNull(system);
        var cluster = BudgetCluster.For(system);
        cluster.Start(options?.Copy() ?? AkkaGrantStoreOptions.From(system.Settings.Config));
        return cluster;
    }
}
