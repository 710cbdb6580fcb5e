using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Remote;
using Akka.Remote.Transport;

namespace ActorPool.AkkaNet.Tests.Budgeting;

/// <summary>A cluster in this process: real actor systems that speak over TCP, each on a port of its own.</summary>
public sealed class TestCluster(int quorumSize, string settings = "") : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly List<ActorSystem> _all = [];

    /// <summary>Those that were started, in the order of their age.</summary>
    public IReadOnlyList<ActorSystem> Systems => _all;

    /// <summary>Starts a cluster, and waits until all are members.</summary>
    public static async Task<TestCluster> StartAsync(int members, int quorumSize, string settings = "")
    {
        var cluster = new TestCluster(quorumSize, settings);
        for (var i = 0; i < members; i++)
        {
            await cluster.AddAsync();
        }

        return cluster;
    }

    /// <summary>One more member.</summary>
    public async Task<ActorSystem> AddAsync(string settings = "")
    {
        var system = Create(settings);
        _all.Add(system);
        AkkaGrantStore.Keep(system);
        var cluster = Cluster.Get(system);
        await cluster.JoinAsync(Cluster.Get(_all.First(static other => !other.WhenTerminated.IsCompleted)).SelfAddress).WaitAsync(Patience);
        await SeesAsync(system, system);
        foreach (var other in _all.Where(static other => !other.WhenTerminated.IsCompleted))
        {
            await SeesAsync(other, system);
        }

        return system;
    }

    /// <summary>A system that is no member yet.</summary>
    public ActorSystem Create(string more = "") => ActorSystem.Create("budgets", ConfigurationFactory.ParseString(more)
        .WithFallback(settings)
        .WithFallback(ConfigurationFactory.ParseString(
            $$"""
            akka {
              loglevel = WARNING
              actor.provider = cluster
              remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, applied-adapters = ["trttl"] }
              coordinated-shutdown.exit-clr = off
              coordinated-shutdown { run-by-clr-shutdown-hook = off, run-by-actor-system-terminate = off }
              cluster {
                gossip-interval = 100ms
                leader-actions-interval = 100ms
                unreachable-nodes-reaper-interval = 100ms
                periodic-tasks-initial-delay = 100ms
                failure-detector { heartbeat-interval = 100ms, acceptable-heartbeat-pause = 2s, expected-response-after = 100ms }
                downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
                split-brain-resolver { active-strategy = static-quorum, stable-after = 500ms, static-quorum.quorum-size = {{quorumSize}} }
                singleton.hand-over-retry-interval = 200ms
                distributed-data.gossip-interval = 200ms
              }
              actorpool.cluster.quorum-size = {{quorumSize}}
            }
            """))
        .WithFallback(AkkaGrantStore.DefaultConfig()));

    /// <summary>A member and all others do not hear each other any more.</summary>
    public async Task CutOffAsync(ActorSystem system)
    {
        foreach (var other in _all.Where(other => other != system))
        {
            Assert.True(await BlackholeAsync(system, Cluster.Get(other).SelfAddress));
            Assert.True(await BlackholeAsync(other, Cluster.Get(system).SelfAddress));
        }
    }

    /// <summary>Waits until one member counts another as one.</summary>
    public static Task SeesAsync(ActorSystem system, ActorSystem other) =>
        UntilAsync(system, state => state.Members.Any(member => member.UniqueAddress == Cluster.Get(other).SelfUniqueAddress && member.Status == MemberStatus.Up));

    /// <summary>Waits until a member has forgotten another.</summary>
    public static Task ForgetsAsync(ActorSystem system, UniqueAddress other) => UntilAsync(system, state => state.Members.All(member => member.UniqueAddress != other));

    public async ValueTask DisposeAsync()
    {
        // Without leaving: nothing is to be waited for any more.
        await Task.WhenAll(_all.Select(static system => system.Terminate()));
        foreach (var system in _all)
        {
            system.Dispose();
        }
    }

    static Task<bool> BlackholeAsync(ActorSystem system, Address other) =>
        ((IRemoteActorRefProvider)((ExtendedActorSystem)system).Provider).Transport
            .ManagementCommand(new SetThrottle(other, ThrottleTransportAdapter.Direction.Both, Blackhole.Instance)).WaitAsync(Patience);

    static async Task UntilAsync(ActorSystem system, Func<ClusterEvent.CurrentClusterState, bool> isSo)
    {
        var cluster = Cluster.Get(system);
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var look = system.ActorOf(Props.Create(() => new Look(cluster, isSo, seen)));
        try
        {
            await seen.Task.WaitAsync(Patience);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{cluster.SelfAddress} sees {string.Join(", ", cluster.State.Members)}; unreachable {string.Join(", ", cluster.State.Unreachable)}.", late);
        }
        finally
        {
            system.Stop(look);
        }
    }

    /// <summary>Looks with every event of the cluster.</summary>
    sealed class Look : ReceiveActor
    {
        public Look(Cluster cluster, Func<ClusterEvent.CurrentClusterState, bool> isSo, TaskCompletionSource seen)
        {
            void Check()
            {
                if (isSo(cluster.State))
                {
                    seen.TrySetResult();
                }
            }

            Receive<ClusterEvent.IClusterDomainEvent>(_ => Check());
            Receive<string>(_ => Check());
            cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));

            // The state is set before its events are told, as a rule.
            Context.System.Scheduler.ScheduleTellRepeatedly(TimeSpan.Zero, TimeSpan.FromMilliseconds(50), Self, "look", ActorRefs.NoSender);
        }
    }
}
