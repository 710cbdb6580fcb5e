using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ActorPool.Budgets.Cluster.Nodes;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;

namespace ActorPool.AkkaNet.Proof;

/// <summary>The nodes are a cluster, and keep the book themselves.</summary>
sealed class AkkaEngine : OwnEngine
{
    // Five nodes at most: three of them share one with any three.
    const int QuorumSize = 3;

    readonly Dictionary<string, string> _places = [];

    /// <summary>The address that a node, by its name, is bound to.</summary>
    public Func<string, string> AddressOf { get; set; } = static _ => "127.0.0.1";

    public override string Name => "Akka.Cluster";

    /// <summary>Heartbeats missed, waited until nothing changes any more, downed, removed, and as long again before the keeper may start elsewhere.</summary>
    public override TimeSpan NoticedWithin => TimeSpan.FromSeconds(8);

    public override string Place(string name, IReadOnlyCollection<string> running)
    {
        if (!_places.TryGetValue(name, out var own))
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            _places[name] = own = string.Create(CultureInfo.InvariantCulture, $"{AddressOf(name)}:{((IPEndPoint)free.LocalEndpoint).Port}");
        }

        // Only the very first one begins a cluster; the others look for it until it is there.
        var seeds = running.Where(_places.ContainsKey).Select(other => _places[other]).DefaultIfEmpty(own);
        return $"{own}@{string.Join(',', seeds)}";
    }

    public override NodeEngine Connect(NodeSettings settings, PoolRuntime runtime)
    {
        var place = settings.At.Split('@');
        var own = place[0].Split(':');
        var seeds = place[1].Split(',').Select(static seed => $"\"akka.tcp://budgets@{seed}\"");
        var system = ActorSystem.Create("budgets", ConfigurationFactory.ParseString(
            $$"""
            akka {
              loglevel = OFF
              stdout-loglevel = OFF
              log-dead-letters = off
              actor.provider = cluster
              remote.dot-netty.tcp { hostname = "{{own[0]}}", port = {{own[1]}} }
              coordinated-shutdown { exit-clr = off, run-by-clr-shutdown-hook = off }
              cluster {
                seed-nodes = [{{string.Join(", ", seeds)}}]
                gossip-interval = 200ms
                leader-actions-interval = 200ms
                unreachable-nodes-reaper-interval = 200ms
                retry-unsuccessful-join-after = 2s
                failure-detector { heartbeat-interval = 300ms, acceptable-heartbeat-pause = 2s }
                downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
                split-brain-resolver { active-strategy = static-quorum, stable-after = 2s, static-quorum.quorum-size = {{QuorumSize}} }
                singleton.hand-over-retry-interval = 300ms
              }
              actorpool.cluster { quorum-size = {{QuorumSize}}, write-timeout = 500ms, request-timeout = 650ms }
            }
            """).WithFallback(AkkaGrantStore.DefaultConfig()));
        return new NodeEngine(new AkkaGrantStore(system), settings.Fence(runtime))
        {
            Ended = system.WhenTerminated,
            IsKeeper = () => IsOldest(Cluster.Get(system)),
            LeaveAsync = () => CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClusterLeavingReason.Instance),
        };
    }

    // The singleton is on the oldest member.
    static bool IsOldest(Cluster cluster) =>
        cluster.State.Members.Where(static member => member.Status == MemberStatus.Up).Order(Member.AgeOrdering).FirstOrDefault()?.UniqueAddress == cluster.SelfUniqueAddress;
}
