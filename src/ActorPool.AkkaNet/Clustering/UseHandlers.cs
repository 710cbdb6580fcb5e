using System.Collections.Immutable;

namespace ActorPool.AkkaNet.Clustering;

/// <summary>Everything that a node's code does for others. From any thread.</summary>
sealed class UseHandlers
{
    ImmutableDictionary<UseName, IUseHandler> _handlers = ImmutableDictionary<UseName, IUseHandler>.Empty;
    bool _isWithdrawn;

    /// <summary>Called when there is one more; the router's.</summary>
    public Action? Changed { get; set; }

    /// <summary>What is offered to other nodes.</summary>
    public IReadOnlyList<UseName> Names => Volatile.Read(ref _isWithdrawn) ? [] : [.. Volatile.Read(ref _handlers).Keys];

    /// <exception cref="InvalidOperationException">There is one of that name.</exception>
    public void Add(string pool, string name, IUseHandler handler)
    {
        if (!ImmutableInterlocked.TryAdd(ref _handlers, UseName.Of(pool, name), handler))
        {
            throw new InvalidOperationException($"Pool '{pool}' has a handler '{name}' already: give this one another name.");
        }

        Changed?.Invoke();
    }

    /// <summary>The one of a name; null if there is none, or none any more.</summary>
    public IUseHandler? Find(UseName name) => Volatile.Read(ref _isWithdrawn) ? null : Volatile.Read(ref _handlers).GetValueOrDefault(name);

    /// <summary>From now on nothing is done for others.</summary>
    public void Withdraw() => Volatile.Write(ref _isWithdrawn, true);
}
