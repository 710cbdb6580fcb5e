namespace ActorPool;

/// <summary>
/// A pool whatever it pools: its name, its picture, what happens in it, and its operations (<see cref="PoolOperations"/>). All
/// members may be called from any thread at any time.
/// </summary>
public interface IConnectionPool : IAsyncDisposable
{
    /// <summary>The pool's name, as in <see cref="PoolOptions.Name"/>.</summary>
    string Name { get; }

    /// <summary>
    /// What the pool looks like at this moment: every count, and each connection's state. Never blocks for long; costs some 0.2 µs
    /// and 160 bytes per connection.
    /// </summary>
    PoolSnapshot Snapshot();

    /// <summary>
    /// The counts of <see cref="Snapshot"/> alone: costs some microseconds, however many connections there are (see
    /// <see cref="PoolOverview"/>). For who looks often, or at many pools.
    /// </summary>
    PoolOverview Overview();

    /// <summary>
    /// Closes the pool in good order: waiters fail at once, idle connections close, leases are waited for until the
    /// deadline and then closed under their holders. Calling it again joins the drain that is under way.
    /// </summary>
    /// <param name="deadline">How long to wait for leases; null is <see cref="PoolOptions.DrainTimeout"/>.</param>
    /// <returns>A task that ends when every connection is closed, at the latest <see cref="PoolOptions.CloseTimeout"/> after the deadline.</returns>
    Task DrainAsync(TimeSpan? deadline = null);

    /// <summary>Carries out an operation. See the commands, and <see cref="PoolOperations"/> for methods that send them.</summary>
    /// <param name="command">What to do.</param>
    /// <returns>The pool's picture when it was done.</returns>
    /// <exception cref="ArgumentException">The command asks for what cannot be.</exception>
    /// <exception cref="PoolException">It could not be carried out.</exception>
    Task<PoolSnapshot> ExecuteAsync(PoolCommand command);

    /// <summary>Has every event of the pool from now on told to a subscriber, until the result is disposed.</summary>
    /// <param name="subscriber">
    /// Called on the dispatcher, one event at a time, in order. It may take its time, but holds up the subscribers of all pools
    /// of the same runtime; what it throws is ignored.
    /// </param>
    IDisposable Subscribe(Action<PoolEvent> subscriber);
}
