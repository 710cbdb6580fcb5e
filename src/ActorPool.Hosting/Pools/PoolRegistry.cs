using System.Collections.Concurrent;
using ActorPool.Hosting.Budgeting;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Configuration.Places;

namespace ActorPool.Hosting.Pools;

/// <summary>The pools of an application: each is made at its first use, and kept.</summary>
sealed class PoolRegistry(PoolTable table, PoolBudgets budgets, IServiceProvider provider) : IAsyncDisposable, IDisposable
{
    readonly ConcurrentDictionary<PoolRegistration, Lazy<HostedPool>> _made = new();

    /// <summary>All of them, made now if they were not.</summary>
    public IReadOnlyList<HostedPool> All => [.. table.Pools.Select(Get)];

    /// <summary>Those that have been made.</summary>
    public IReadOnlyList<HostedPool> Made =>
        [.. table.Pools.Select(_made.GetValueOrDefault).Where(static made => made is { IsValueCreated: true }).Select(static made => made!.Value)];

    /// <summary>The one of a registration.</summary>
    public HostedPool Get(PoolRegistration registration) => _made
        .GetOrAdd(registration, static (registration, provider) => new Lazy<HostedPool>(() => registration.Make(provider)), provider)
        .Value;

    /// <summary>The one of a name.</summary>
    /// <exception cref="PoolNotFoundException">There is none.</exception>
    public HostedPool Get(string name) => Find(name) ?? throw NotFound(name, null);

    /// <summary>The one of a name; null if there is none.</summary>
    public HostedPool? Find(string name) => table.TryGet(name, out var registration) ? Get(registration) : null;

    /// <summary>The only one of its type.</summary>
    /// <exception cref="PoolNotFoundException">There are several.</exception>
    public HostedPool Only(Type serviceType) =>
        table.Pools.Where(pool => pool.ServiceType == serviceType).Take(2).ToList() is [var only] ? Get(only) : throw NotFound(null, serviceType);

    /// <summary>What is to be said to one who asks for what there is not.</summary>
    /// <param name="key">The key that was asked for; null for none.</param>
    /// <param name="serviceType">As what it was asked for; null if that does not matter.</param>
    public PoolNotFoundException NotFound(object? key, Type? serviceType)
    {
        var name = key?.ToString();
        if (table.TryGet(name, out var other))
        {
            return new PoolNotFoundException(
                $"Pool '{other.Name}' is no {Text(serviceType!)}: ask for {Text(other.ServiceType)} under this key.");
        }

        var names = table.Pools.Select(static pool => pool.Name).ToList();
        var where = table.Section is { } section && KeyPlaces.Of(section).Find($"{section.Path}:pools") is { } place ? $" ({place})" : "";
        var text = key is null
            ? $"There is no single pool that could be meant by {Text(serviceType!)} without a key: name one with [FromKeyedServices]."
            : $"There is no pool named '{name}'{(NearestName.Find(name!, names) is { } nearest ? $"; did you mean '{nearest}'?" : ".")}";
        return new PoolNotFoundException($"{text} The pools are {(names.Count == 0 ? "none" : string.Join(", ", names))}{where}.");
    }

    /// <summary>Drains those that were made: the container may end without the host having stopped, or without a host.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Made.Select(static pool => pool.DrainAsync(deadline: null))).ConfigureAwait(false);
        await budgets.LeaveAsync().ConfigureAwait(false);
    }

    /// <summary>Begins to close those that were made, and waits for nothing.</summary>
    public void Dispose()
    {
        foreach (var pool in Made)
        {
            _ = pool.DrainAsync(TimeSpan.Zero);
        }
    }

    static string Text(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Text))}>"
        : type.Name;
}
