using ActorPool.Hosting;
using ActorPool.TestKit;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster;
using Akka.Configuration;
using AkkaCluster = Akka.Cluster.Cluster;

namespace ActorPool.AkkaNet.Tests.Clustering;

/// <summary>Nodes of one cluster, each an actor system of its own on a loopback port, in this process.</summary>
sealed class ClusterNodes : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly List<ActorSystem> _systems = [];
    readonly List<ActorSystem> _silent = [];

    /// <summary>The defaults of Akka.NET, but in a hurry.</summary>
    public static Config Settings { get; } = ConfigurationFactory.ParseString(
        """
        akka {
          loglevel = WARNING
          stdout-loglevel = WARNING
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          actor.provider = cluster
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
          cluster {
            gossip-interval = 100ms
            leader-actions-interval = 100ms
            unreachable-nodes-reaper-interval = 100ms
            failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 1500ms, expected-response-after = 500ms }
            downing-provider-class = ""
            run-coordinated-shutdown-when-down = off
            shutdown-after-unsuccessful-join-seed-nodes = off
          }
          actorpool.cluster.snapshot.time-limit = 300ms
          coordinated-shutdown { run-by-clr-shutdown-hook = off, run-by-actor-system-terminate = off, terminate-actor-system = off }
        }
        """);

    /// <summary>One more node, which has begun to join the first.</summary>
    /// <param name="roles">Its roles, with commas.</param>
    /// <param name="pools">Its pools; null for none.</param>
    /// <param name="settings">What is configured beside the defaults.</param>
    /// <param name="isSilent">Whether it has no router, so that it does not answer the others'.</param>
    public ActorSystem Add(string roles, Action<PoolsBuilder>? pools = null, string settings = "", bool isSilent = false)
    {
        var config = ConfigurationFactory.ParseString($"{settings}\nakka.cluster.roles = [{roles}]").WithFallback(Settings);
        var setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config));
        var system = ActorSystem.Create("shop", pools is null ? setup : setup.And(new ActorPoolSetup(pools)));
        _systems.Add(system);
        if (isSilent)
        {
            _silent.Add(system);
        }
        else
        {
            ActorPoolCluster.For(system);
        }

        AkkaCluster.Get(system).Join(AddressOf(_systems[0]));
        return system;
    }

    /// <summary>A node with one pool of nothing, and what is done on its connections for others.</summary>
    /// <param name="roles">Its roles.</param>
    /// <param name="connector">The pool's; null for one of its own.</param>
    /// <param name="maxSize">How many connections it may have.</param>
    /// <param name="settings">What is configured beside the defaults.</param>
    public ActorSystem AddWorker(string roles, ScriptedConnector<ScriptedConnection>? connector = null, int maxSize = 4, string settings = "") => Add(
        roles,
        pools => pools.Add("orders", _ => connector ?? ScriptedConnection.Connector(), options =>
        {
            options.MaxSize = maxSize;
            options.AcquireTimeout = TimeSpan.FromMinutes(1);
        }),
        settings);

    /// <summary>Waits until every node's router knows every other node as up.</summary>
    public async Task AllUpAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        foreach (var system in _systems.Except(_silent))
        {
            while ((await ActorPoolCluster.For(system).SnapshotAsync(patience.Token)).Nodes.Count < _systems.Count)
            {
                // It is asked again: each answer takes a moment.
            }
        }
    }

    public static Address AddressOf(ActorSystem system) => AkkaCluster.Get(system).SelfAddress;

    /// <summary>A node's end as seen by the others when its process is killed: it says nothing, and then nothing any more.</summary>
    public async Task KillAsync(ActorSystem system)
    {
        _systems.Remove(system);
        await system.Terminate().WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_systems.Select(static system => system.Terminate())).WaitAsync(Patience);
}
