using ActorPool.AkkaNet;
using ActorPool.Benchmarks.Candidates;
using Akka.Actor;

namespace ActorPool.Benchmarks.AkkaNet;

/// <summary>A pool in an actor system, leased from by <c>Ask</c>.</summary>
readonly struct LeaseCandidate : ICandidate<LeaseGranted<IdleConnection>>
{
    readonly ActorSystem _system;
    readonly IActorRef _pool;

    LeaseCandidate(ActorSystem system, IActorRef pool) => (_system, _pool) = (system, pool);

    public static async ValueTask<LeaseCandidate> OpenAsync(int size)
    {
        var connector = Connector.Create(static (_, _) => new ValueTask<IdleConnection>(new IdleConnection()));
        var setup = BootstrapSetup.Create().WithConfig("akka.loglevel = WARNING").And(new ActorPoolSetup(
            pools => pools.Add("idle", _ => connector, options => options.MinSize = options.MaxSize = size)));
        var system = ActorSystem.Create("pools", setup);
        await Opened.WaitAsync((ConnectionPool<IdleConnection>)ActorPools.For(system).Get<IdleConnection>("idle"), size);
        return new LeaseCandidate(system, await system.ActorSelection("/user/actorpool/idle").ResolveOne(TimeSpan.FromSeconds(10)));
    }

    public ValueTask<LeaseGranted<IdleConnection>> AcquireAsync() =>
        new(_pool.Ask<LeaseGranted<IdleConnection>>(new AcquireLease(), timeout: null, CancellationToken.None));

    public void Release(LeaseGranted<IdleConnection> lease) => lease.Claim().Dispose();

    public async ValueTask DisposeAsync() => await _system.Terminate();
}
