namespace ActorPool.Hosting.Pools;

/// <summary>What was said about one pool when the services were described.</summary>
/// <param name="name">Its name, and the key of its services.</param>
/// <param name="serviceType">As what it is injected.</param>
/// <param name="make">Makes it, at its first use.</param>
sealed class PoolRegistration(string name, Type serviceType, Func<IServiceProvider, HostedPool> make)
{
    public string Name => name;

    public Type ServiceType => serviceType;

    /// <summary>The options that it begins with, a new object each time; null for the defaults.</summary>
    public Func<PoolOptions>? Basis { get; init; }

    /// <summary>What code says of its options, in that order.</summary>
    public IList<Action<PoolOptions>> Configure { get; } = [];

    /// <summary>Whether its connector is configured too, so that its object must have one.</summary>
    public bool IsConfigured { get; init; }

    public HostedPool Make(IServiceProvider provider) => make(provider);
}
