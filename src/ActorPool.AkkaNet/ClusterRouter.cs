using ActorPool.AkkaNet.Clustering;
using ActorPool.AkkaNet.Messaging;
using Akka.Actor;
using Akka.Cluster;
using static Akka.Cluster.ClusterEvent;

namespace ActorPool.AkkaNet;

/// <summary>
/// The actor <c>/user/actorpool-cluster</c>, one on every node: routes <see cref="UseLease"/> to a node that can, does what other routers order of it, and shows the whole
/// cluster. It knows the members by the cluster's events, and what they do by asking each of them. Also the key to it: <c>IRequiredActor&lt;ClusterRouter&gt;</c>.
/// </summary>
public sealed class ClusterRouter : UntypedActor, IWithTimers
{
    /// <summary>The actor's name below <c>/user</c>.</summary>
    public const string Name = "actorpool-cluster";

    // A node that has not said what it does: its router may not have been there yet, or the question was lost.
    static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);
    static readonly object AskAgain = new();

    readonly Cluster _cluster = Cluster.Get(Context.System);
    readonly ActorPools _pools;
    readonly PoolClusterSettings _settings;
    readonly Payloads _payloads = new((ExtendedActorSystem)Context.System);
    readonly NodeTable _nodes;
    readonly OrderRunner _runner;
    readonly Action _tellChange;
    UseRouting _uses = null!;

    /// <summary>Made by <see cref="ActorPoolCluster"/>.</summary>
    /// <param name="cluster">The cluster of pools.</param>
    public ClusterRouter(ActorPoolCluster cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        _pools = cluster.Pools;
        _settings = cluster.Settings;
        _nodes = new NodeTable(_cluster.SelfUniqueAddress);
        _runner = new OrderRunner(_pools.UseHandlers, _payloads, Self, _cluster.SelfAddress.ToString(), Context.System);
        var self = Self;
        _tellChange = () => self.Tell(OffersChanged.Instance, ActorRefs.NoSender);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _uses = new UseRouting(Context, Timers, _nodes, _pools.UseHandlers, _payloads, _cluster);
        _pools.UseHandlers.Changed = _tellChange;
        _cluster.Subscribe(Self, SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(IMemberEvent), typeof(IReachabilityEvent));
        Timers.StartPeriodicTimer(AskAgain, AskAgain, AskAgainAfter);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        _pools.UseHandlers.Changed = null;
        _uses.EndAll();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case UseLease use:
                _uses.Begin(use, Sender, _settings.UseTimeLimit);
                break;
            case UseOrder order:
                _runner.Begin(order, Sender);
                break;
            case OrderDone done:
                _uses.Done(done);
                break;
            case OrderFailed failed:
                _uses.Failed(failed);
                break;
            case OrderRefused refused:
                _uses.Refused(refused);
                break;
            case TimeLimitPassed passed:
                _uses.TimeLimitPassed(passed.Use);
                break;
            case GetOffers:
                Sender.Tell(OwnOffers());
                break;
            case Offers offers:
                _nodes.Learn(Sender.Path.Address, offers);
                _uses.RouteWaiting();
                break;
            case OffersChanged:
                TellOffers();
                _uses.RouteWaiting();
                break;
            case Withdraw:
                _pools.UseHandlers.Withdraw();
                TellOffers();
                Sender.Tell(Withdrawn.Instance);
                break;
            case GetClusterSnapshot:
                _ = LookAtAllAsync().PipeTo(Sender, Self);
                break;
            case GetNodePools:
                _ = LookAtOwnAsync().PipeTo(Sender, Self);
                break;
            case var _ when message == AskAgain:
                AskUnknown();
                _uses.RouteWaiting();
                break;
            default:
                OnCluster(message);
                break;
        }
    }

    /// <summary>The router of another node.</summary>
    internal static ActorSelection On(IActorContext context, Address node) => context.ActorSelection(new RootActorPath(node) / "user" / Name);

    void OnCluster(object message)
    {
        switch (message)
        {
            case CurrentClusterState state:
                Learn(state);
                break;
            case MemberUp { Member: var member }:
                Ask(_nodes.Add(member));
                break;
            case MemberLeft { Member: var member }:
                _nodes.Remove(member);
                break;
            case MemberExited { Member: var member }:
                _nodes.Remove(member);
                break;
            case MemberDowned { Member: var member }:
                Lose(member, "was taken out of the cluster");
                break;
            case MemberRemoved { Member: var member }:
                Lose(member, "left the cluster");
                break;
            case UnreachableMember { Member: var member }:
                _nodes.Find(member)?.SetReachable(false);
                _uses.Lose(member.UniqueAddress, "became unreachable");
                break;
            case ReachableMember { Member: var member }:
                _nodes.Find(member)?.SetReachable(true);
                Ask(_nodes.Find(member));
                break;
            case IMemberEvent:
                return;
            default:
                Unhandled(message);
                return;
        }

        _uses.RouteWaiting();
    }

    void Learn(CurrentClusterState state)
    {
        foreach (var member in state.Members.Where(static member => member.Status == MemberStatus.Up))
        {
            var node = _nodes.Add(member);
            if (state.Unreachable.Contains(member))
            {
                node?.SetReachable(false);
            }
        }

        AskUnknown();

        // This router may begin long after its node has joined: the others have given up asking by then, but for a question every half a minute.
        TellOffers();
    }

    void Lose(Member member, string how)
    {
        _nodes.Remove(member);
        _uses.Lose(member.UniqueAddress, how);
    }

    void AskUnknown()
    {
        foreach (var node in _nodes.Unknown.Where(static node => node.IsToBeAsked()).ToList())
        {
            Ask(node);
        }
    }

    void Ask(ClusterNode? node)
    {
        if (node is { IsReachable: true })
        {
            node.CountQuestion();
            On(Context, node.Address).Tell(GetOffers.Instance, Self);
        }
    }

    void TellOffers()
    {
        foreach (var node in _nodes.Up.Where(static node => node.IsReachable))
        {
            On(Context, node.Address).Tell(OwnOffers(), Self);
        }
    }

    Offers OwnOffers() => new(_cluster.SelfUniqueAddress.Uid, _pools.UseHandlers.Names);

    Task<NodePools> LookAtOwnAsync()
    {
        var sources = _pools.Sources;
        return Task.Factory.StartNew(() => NodePictures.Take(sources), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
    }

    Task<ClusterPoolsSnapshot> LookAtAllAsync()
    {
        var asked = _nodes.Up.Select(node => NodeQuestion.For(node, Context).AskAsync(_settings.SnapshotTimeLimit)).ToList();
        asked.Add(OwnPictureAsync(LookAtOwnAsync(), _cluster.SelfAddress.ToString(), NodeQuestion.Sorted(_cluster.SelfRoles)));
        return TogetherAsync(asked);
    }

    static async Task<NodePoolsSnapshot> OwnPictureAsync(Task<NodePools> looking, string address, IReadOnlyList<string> roles)
    {
        var pools = await looking.ConfigureAwait(false);
        return new NodePoolsSnapshot(address, roles, IsThis: true, pools.Count, pools.Pools);
    }

    static async Task<ClusterPoolsSnapshot> TogetherAsync(IEnumerable<Task<NodePoolsSnapshot>> asked)
    {
        var nodes = await Task.WhenAll(asked).ConfigureAwait(false);
        return new ClusterPoolsSnapshot([.. nodes.OrderBy(static node => node.Address, StringComparer.Ordinal)]);
    }
}
