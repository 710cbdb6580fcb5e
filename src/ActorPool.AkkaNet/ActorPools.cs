using ActorPool.AkkaNet.Configuration;
using ActorPool.AkkaNet.Running;
using ActorPool.Hosting;
using Akka.Actor;

namespace ActorPool.AkkaNet;

/// <summary>
/// The pools of an actor system, as an extension of it: those of its own configuration (<c>actorpool { … }</c>) and of <see cref="ActorPoolSetup"/>, and those of the
/// application's services if there is a host. All members may be used from any thread.
/// </summary>
public sealed partial class ActorPools : IExtension
{
    static readonly TimeSpan StartWait = TimeSpan.FromSeconds(5);

    internal ActorPools(ExtendedActorSystem system)
    {
        Options = AkkaPoolOptions.Read(system);
        var own = OwnContainer.Make(system);
        Sources = PoolSources.Of(system, own);

        // Now that what is the system's own has been read.
        system.Settings.InjectTopLevelFallback(AkkaReference.Pools);
        Router = system.ActorOf(Props.Create(() => new PoolRouter(this)).WithSupervisorStrategy(Endpoints.EndpointSupervision.Strategy), PoolRouter.Name);
        PoolShutdown.Register(system, Sources, own);

        // A path is looked up by walking down the actors that there are: those of the pools shall be there when this is.
        Router.Ask<ActorIdentity>(new Identify(PoolRouter.Name), Timeout.InfiniteTimeSpan).Wait(StartWait);
    }

    /// <summary>The actor <c>/user/actorpool</c>, which hands every <see cref="ForPool"/> to its pool.</summary>
    public IActorRef Router { get; }

    /// <summary>What holds for the pools as actors.</summary>
    public AkkaPoolOptions Options { get; }

    internal PoolSources Sources { get; }

    /// <summary>The names of all pools.</summary>
    public IReadOnlyList<string> Names => [.. Sources.All.Select(static pool => pool.Name)];

    /// <summary>
    /// The pools of an actor system. They are made at the first call, which is the start of the system with <c>akka.WithActorPool()</c> or with
    /// <c>akka.extensions = ["ActorPool.AkkaNet.ActorPoolsProvider, ActorPool.AkkaNet"]</c>.
    /// </summary>
    /// <param name="system">The actor system.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The configuration of the pools cannot be used: all problems are listed.</exception>
    public static ActorPools For(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.WithExtension<ActorPools, ActorPoolsProvider>();
    }

    /// <summary>
    /// The pool itself, for who leases by <c>await</c>: at a thirtieth of what an <c>Ask</c> costs, and to be used inside actors as well (<c>PipeTo</c>, or
    /// <c>ReceiveAsync</c>). Such a lease ends when it is disposed of; it does not end with the actor, unless that is its holder's scope.
    /// </summary>
    /// <typeparam name="TConnection">What is pooled.</typeparam>
    /// <param name="name">The pool's name.</param>
    /// <exception cref="PoolNotFoundException">There is none of that name.</exception>
    /// <exception cref="InvalidOperationException">It pools something else.</exception>
    public IConnectionPool<TConnection> Get<TConnection>(string name)
        where TConnection : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var pool = Sources.Get(name);
        return pool.Service as IConnectionPool<TConnection>
            ?? (pool.Parts is [IConnectionPool<TConnection> only] ? only : null)
            ?? throw new InvalidOperationException($"Pool '{pool.Name}' does not pool {typeof(TConnection).Name}: it is a {pool.Service.GetType().Name}.");
    }

    /// <summary>The pools' actor of a name, <c>/user/actorpool/&lt;name&gt;</c>, to ask by <c>Ask</c>.</summary>
    /// <param name="name">The pool's name.</param>
    public ICanTell Endpoint(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new ActorSelection(Router, Endpoints.ActorNames.Of(name));
    }
}
