using System.Globalization;
using ActorPool.AkkaNet.Clustering;
using ActorPool.AkkaNet.Endpoints;
using ActorPool.AkkaNet.Messaging;
using Akka.Actor;
using Akka.Cluster;

namespace ActorPool.AkkaNet;

/// <summary>
/// What pools can do where their actor system is a node of an Akka.NET cluster: work on connections that other nodes have (<see cref="UseLease"/>), and a picture of all nodes
/// (<see cref="GetClusterSnapshot"/>). All members may be used from any thread.
/// </summary>
public sealed class ActorPoolCluster : IExtension, IPoolCluster
{
    internal ActorPoolCluster(ExtendedActorSystem system)
    {
        Pools = ActorPools.For(system);
        if (system.Provider is not IClusterActorRefProvider)
        {
            throw new InvalidOperationException(
                $"Actor system '{system.Name}' is not made for a cluster, so that ActorPoolCluster has no nodes to speak to: set akka.actor.provider = cluster, or call"
                + " akka.WithRemoting().WithClustering().");
        }

        ClusterSerializer.Register(system);
        Settings = PoolClusterSettings.Read(system);
        Router = system.ActorOf(Props.Create(() => new ClusterRouter(this)), ClusterRouter.Name);
        LeavingOffers.Register(system, Router);
    }

    /// <summary>The actor <c>/user/actorpool-cluster</c> of this node, which takes <see cref="UseLease"/> and <see cref="GetClusterSnapshot"/>.</summary>
    public IActorRef Router { get; }

    internal ActorPools Pools { get; }

    internal PoolClusterSettings Settings { get; }

    /// <summary>
    /// That of an actor system, begun at the first call: every node calls it, those that only ask and those that only work (<c>akka.WithActorPoolCluster()</c> does, and
    /// <c>akka.extensions = ["ActorPool.AkkaNet.ActorPoolClusterProvider, ActorPool.AkkaNet"]</c>).
    /// </summary>
    /// <param name="system">The actor system.</param>
    /// <exception cref="InvalidOperationException">The actor system is not made for a cluster.</exception>
    /// <exception cref="ArgumentException">A value under <c>akka.actorpool.cluster</c> is out of range.</exception>
    public static ActorPoolCluster For(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.WithExtension<ActorPoolCluster, ActorPoolClusterProvider>();
    }

    /// <summary><see cref="UseLease"/> for who awaits.</summary>
    /// <typeparam name="TReply">What the handler returns.</typeparam>
    /// <param name="use">What is to be done.</param>
    /// <param name="cancellationToken">Ends the wait alone: work that has begun goes on until its time limit.</param>
    /// <exception cref="UseFailedException">It failed: <see cref="UseFailedException.Failure"/> says why, and whether the work may have been done.</exception>
    /// <exception cref="InvalidOperationException">The handler has returned something else.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<TReply> UseAsync<TReply>(UseLease use, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(use);
        return await AskAsync(use, cancellationToken).ConfigureAwait(false) switch
        {
            LeaseUsed { Result: TReply reply } => reply,
            LeaseUsed { Result: null } when default(TReply) is null => default!,
            LeaseUsed { Result: var other } => throw new InvalidOperationException(
                $"Handler '{use.Handler}' of pool '{use.Pool}' has returned {(other is null ? "nothing" : $"a {other.GetType().Name}")}, not a {typeof(TReply).Name}."),
            UseFailed failure => throw new UseFailedException(failure),
            var other => throw new InvalidOperationException($"{Router} answered '{other}'."),
        };
    }

    /// <inheritdoc/>
    /// <exception cref="TimeoutException">This node's own router has not answered, long after <c>akka.actorpool.cluster.snapshot.time-limit</c>.</exception>
    /// <exception cref="InvalidOperationException">It has stopped.</exception>
    public async Task<ClusterPoolsSnapshot> SnapshotAsync(CancellationToken cancellationToken = default)
    {
        if (Asking.HasEnded(Router))
        {
            throw new InvalidOperationException($"{Router.Path} has stopped, so that nobody can ask the nodes for their pools: this node's actor system ends, or somebody has stopped its router.");
        }

        try
        {
            return await Router.Ask<ClusterPoolsSnapshot>(GetClusterSnapshot.Instance, Asking.PatienceFor(Settings.SnapshotTimeLimit), cancellationToken).ConfigureAwait(false);
        }
        catch (AskTimeoutException error)
        {
            throw new TimeoutException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Router.Path} of this node has not answered for {Asking.Grace.TotalSeconds:0.###} s after the limit of {Settings.SnapshotTimeLimit.TotalSeconds:0.###} s ({PoolClusterSettings.SnapshotTimeLimitKey}): it has stopped, or its dispatcher has no threads left."),
                error);
        }
    }

    async Task<object> AskAsync(UseLease use, CancellationToken cancellationToken)
    {
        if (Asking.HasEnded(Router))
        {
            return UseFailures.NoRouter(use, mayHaveRun: false);
        }

        var limit = use.TimeLimit is { } own && PoolClusterSettings.UseRange.Has(own) ? own : Settings.UseTimeLimit;
        try
        {
            return await Router.Ask<object>(use, Asking.PatienceFor(limit), cancellationToken).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return Asking.HasEnded(Router) ? UseFailures.NoRouter(use, mayHaveRun: true) : UseFailures.NoAnswer(use, limit);
        }
    }
}
