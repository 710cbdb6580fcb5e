namespace ActorPool;

/// <summary>A pool on another node, in a few numbers: what of its <see cref="PoolOverview"/> travels.</summary>
public sealed record NodePoolSnapshot
{
    /// <summary>The pool's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether connections can be opened.</summary>
    public required PoolHealth Health { get; init; }

    /// <summary>Whether the pool is draining or closed.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Whether the pool is paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Connections with a holder.</summary>
    public required int Leased { get; init; }

    /// <summary>Connections ready for a lease.</summary>
    public required int Idle { get; init; }

    /// <summary>Connections being opened.</summary>
    public required int Opening { get; init; }

    /// <summary>Acquires that wait.</summary>
    public required int Waiting { get; init; }

    /// <summary><see cref="PoolOptions.MaxSize"/>.</summary>
    public required int MaxSize { get; init; }

    /// <summary>The last failed open's error in one line, while the endpoint is not healthy; otherwise null.</summary>
    public string? LastError { get; init; }
}
