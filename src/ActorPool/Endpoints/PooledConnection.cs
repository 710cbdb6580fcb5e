namespace ActorPool.Endpoints;

/// <summary>
/// What leases may know of an open connection. Never changed once it is in its slot, so that a holder who reads it before
/// its lease's generation reads nobody else's.
/// </summary>
sealed class PooledConnection(object connection, long id, long openedAtMs, DateTimeOffset openedAt, string? address)
{
    readonly long _openedAtUtcTicks = openedAt.UtcTicks;
    Dictionary<object, object?>? _items;

    /// <summary>The user's object.</summary>
    public object Connection { get; } = connection;

    /// <summary>Its number within its pool.</summary>
    public long Id { get; } = id;

    /// <summary>When it opened, by the runtime's clock.</summary>
    public long OpenedAtMs { get; } = openedAtMs;

    /// <summary>When it opened, by the calendar.</summary>
    public DateTimeOffset OpenedAt => new(_openedAtUtcTicks, TimeSpan.Zero);

    /// <summary>Where it leads, if its connector said so.</summary>
    public string? Address { get; } = address;

    /// <summary>What holders keep with it.</summary>
    public Dictionary<object, object?> Items => _items ??= [];
}
