using ActorPool.Hosting;
using ActorPool.TestKit;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorPool.AkkaNet.Tests;

/// <summary>A real actor system with one pool, <c>cache</c>, of scripted connections; Akka.NET's scheduler is on virtual time.</summary>
public abstract class PooledSystem : Akka.TestKit.Xunit2.TestKit
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    protected PooledSystem(Action<PoolOptions>? configure = null, string hocon = "", Action<PoolsBuilder>? more = null)
        : this(ScriptedConnection.Connector(), configure, hocon, more)
    {
    }

    PooledSystem(ScriptedConnector<ScriptedConnection> connector, Action<PoolOptions>? configure, string hocon, Action<PoolsBuilder>? more)
        : base(SetupOf(connector, configure, hocon, more), "test")
    {
        Connector = connector;
        Pools = ActorPools.For(Sys);
        Cache = Sys.ActorSelection("/user/actorpool/cache").ResolveOne(Patience).Result;
        Pool = Pools.Get<ScriptedConnection>("cache");
    }

    protected ScriptedConnector<ScriptedConnection> Connector { get; }

    protected ActorPools Pools { get; }

    /// <summary>The pool's actor.</summary>
    protected IActorRef Cache { get; }

    /// <summary>The pool itself.</summary>
    protected IConnectionPool<ScriptedConnection> Pool { get; }

    protected TestScheduler Time => (TestScheduler)Sys.Scheduler;

    protected static CancellationToken Soon => new CancellationTokenSource(Patience).Token;

    protected Task<Lease<ScriptedConnection>> LeaseAsync(object? holder = null) =>
        Cache.AskLeaseAsync<ScriptedConnection>(new AcquireLease(Patience, holder), Soon);

    /// <summary>Waits until the pool looks like this.</summary>
    protected Task UntilAsync(Func<PoolOverview, bool> expected) => AwaitAssertAsync(
        () => Assert.True(expected(Pool.Overview()), Pool.Snapshot().ToString()), Patience, TimeSpan.FromMilliseconds(10));

    static ActorSystemSetup SetupOf(
        ScriptedConnector<ScriptedConnection> connector, Action<PoolOptions>? configure, string hocon, Action<PoolsBuilder>? more)
    {
        var config = ConfigurationFactory.ParseString(hocon)
            .WithFallback("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
            .WithFallback(TestKitBase.DefaultConfig);
        return BootstrapSetup.Create().WithConfig(config).And(new ActorPoolSetup(pools =>
        {
            pools.Add("cache", _ => connector, options =>
            {
                options.MaxSize = 2;
                configure?.Invoke(options);
            });
            more?.Invoke(pools);
        }));
    }
}
