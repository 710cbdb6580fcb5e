using ActorPool.AkkaNet.Clustering;
using ActorPool.Hosting;

namespace ActorPool.AkkaNet;

public sealed partial class ActorPools
{
    internal UseHandlers UseHandlers { get; } = new();

    /// <summary>
    /// Lets other nodes of the cluster have something done on connections of a pool of this node, by name (<see cref="UseLease"/>). A node does only what its own code has
    /// registered so. It is announced to the other nodes at once, and withdrawn when the system begins its coordinated shutdown. Without <see cref="ActorPoolCluster"/> nobody can ask for it.
    /// </summary>
    /// <typeparam name="TConnection">What is pooled.</typeparam>
    /// <typeparam name="TRequest">The payload that it takes; any other is refused.</typeparam>
    /// <typeparam name="TReply">What it returns to the sender, by Akka.NET's serialization.</typeparam>
    /// <param name="pool">The pool's name; not that of a directory.</param>
    /// <param name="name">The name of what is done; case counts.</param>
    /// <param name="handler">
    /// Does it, as an operation of <see cref="IConnectionPool{TConnection}.UseAsync{TState, TResult}(Func{TConnection, TState, CancellationToken, ValueTask{TResult}}, TState, CancellationToken)"/>: an
    /// exception condemns the connection unless its connector calls it harmless, and the sender is told its type and message, so that nothing secret may be in them. The token ends with the
    /// request's time limit. Called on the thread pool, for many requests at once.
    /// </param>
    /// <exception cref="PoolNotFoundException">There is no pool of that name.</exception>
    /// <exception cref="InvalidOperationException">It pools something else, or has a handler of that name.</exception>
    public void HandleUse<TConnection, TRequest, TReply>(string pool, string name, Func<TConnection, TRequest, CancellationToken, ValueTask<TReply>> handler)
        where TConnection : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(handler);
        UseHandlers.Add(pool, name, new UseHandler<TConnection, TRequest, TReply>(Get<TConnection>(pool), handler));
    }
}
