using ActorPool.Options;

namespace ActorPool;

/// <summary>
/// Gives the pool other options. Connections that were opened under the old ones are replaced, each after its successor has
/// opened where there is room for one; leases are not touched. Name and budget cannot be changed.
/// </summary>
/// <param name="Options">The new options, all of them. Copied.</param>
public sealed record ReconfigurePool(PoolOptions Options) : PoolCommand
{
    // Checked before the command is sent.
    internal PoolSettings? Settings { get; init; }
}
