namespace ActorPool.Budgets.Cluster.Nodes;

/// <summary>What a node keeps its book with, and what confirms that connections are gone, if anything does.</summary>
sealed record NodeEngine(IGrantStore Store, IGrantFence? Fence) : IAsyncDisposable
{
    /// <summary>Ends when the node has to end too, and be started anew. For a server: never.</summary>
    public Task Ended { get; init; } = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);

    /// <summary>Whether the whole book is kept here at the moment, where the nodes are the engine.</summary>
    public Func<bool> IsKeeper { get; init; } = static () => false;

    /// <summary>Leaves the engine, after the book.</summary>
    public Func<Task> LeaveAsync { get; init; } = static () => Task.CompletedTask;

    public async ValueTask DisposeAsync() => await LeaveAsync();
}
