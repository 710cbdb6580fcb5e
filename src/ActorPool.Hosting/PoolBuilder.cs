using System.Diagnostics.CodeAnalysis;
using ActorPool.Hosting.Pools;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Hosting;

/// <summary>One pool that was added, for what more is to be said about it.</summary>
/// <typeparam name="TConnection">What it pools.</typeparam>
public sealed class PoolBuilder<TConnection>
    where TConnection : class
{
    readonly PoolRegistration _registration;

    internal PoolBuilder(IServiceCollection services, PoolRegistration registration)
    {
        Services = services;
        _registration = registration;
    }

    /// <summary>The pool's name, and the key of its services.</summary>
    public string Name => _registration.Name;

    /// <summary>Where it was added.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Changes how the pool behaves. What its own object in the configuration says comes after it, and wins.</summary>
    /// <param name="configure">Sets options; called once at start, and again at every reload.</param>
    public PoolBuilder<TConnection> Configure(Action<PoolOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _registration.Configure.Add(configure);
        return this;
    }

    /// <summary>
    /// Adds a class that works on this pool, as a transient service: its constructor is given the pool as
    /// <see cref="IConnectionPool{TConnection}"/>, and its other parameters from the container.
    /// </summary>
    /// <typeparam name="TClient">The class.</typeparam>
    public PoolBuilder<TConnection> AddTypedClient<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TClient>()
        where TClient : class
    {
        var name = Name;
        Services.AddTransient(provider => ActivatorUtilities.CreateInstance<TClient>(
            provider, provider.GetRequiredKeyedService<IConnectionPool<TConnection>>(name)));
        return this;
    }
}
