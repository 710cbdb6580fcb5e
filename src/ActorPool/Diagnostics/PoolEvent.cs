namespace ActorPool;

/// <summary>
/// Something that has happened in a pool (<see cref="IConnectionPool.Subscribe"/>). What events say in words they say when
/// asked, not before: they are made where no user's code may run.
/// </summary>
public abstract record PoolEvent
{
    private protected PoolEvent(string poolName) => PoolName = poolName;

    /// <summary>The pool's name.</summary>
    public string PoolName { get; }

    /// <summary>The pool itself: names need not be unique.</summary>
    internal object? Source { get; set; }
}
