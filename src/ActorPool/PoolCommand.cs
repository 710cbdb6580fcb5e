namespace ActorPool;

/// <summary>
/// An operation of a pool as a value: what the methods of <see cref="PoolOperations"/> send, and what
/// <see cref="PoolRef{TConnection}.Ask(PoolCommand)"/> takes.
/// </summary>
public abstract record PoolCommand
{
    // The commands are known.
    private protected PoolCommand()
    {
    }
}
