namespace ActorPool;

/// <summary>The operations of a pool, one method for each <see cref="PoolCommand"/>. None of them blocks.</summary>
public static class PoolOperations
{
    /// <inheritdoc cref="WarmUpPool"/>
    /// <param name="pool">The pool.</param>
    /// <param name="connections">How many; null is <see cref="PoolOptions.MinSize"/>; more than <see cref="PoolOptions.MaxSize"/> is that.</param>
    /// <param name="cancellationToken">Ends the wait, not the opens.</param>
    /// <exception cref="EndpointUnavailableException">The endpoint is or becomes unavailable.</exception>
    /// <exception cref="ConnectFailedException">Opening fails in a way that waiting does not cure.</exception>
    /// <exception cref="PoolClosedException">The pool is or becomes closed.</exception>
    public static Task<PoolSnapshot> WarmUpAsync(
        this IConnectionPool pool, int? connections = null, CancellationToken cancellationToken = default) =>
        Of(pool).ExecuteAsync(new WarmUpPool(connections)).WaitAsync(cancellationToken);

    /// <inheritdoc cref="PausePool"/>
    /// <param name="pool">The pool.</param>
    /// <param name="limit">When the pause ends by itself; null is <see cref="PoolOptions.PauseLimit"/>.</param>
    /// <exception cref="PoolClosedException">The pool is closed.</exception>
    public static Task<PoolSnapshot> PauseAsync(this IConnectionPool pool, TimeSpan? limit = null) =>
        Of(pool).ExecuteAsync(new PausePool(limit));

    /// <inheritdoc cref="ResumePool"/>
    /// <exception cref="PoolClosedException">The pool is closed.</exception>
    public static Task<PoolSnapshot> ResumeAsync(this IConnectionPool pool) => Of(pool).ExecuteAsync(new ResumePool());

    /// <inheritdoc cref="ResizePool"/>
    /// <param name="pool">The pool.</param>
    /// <param name="minSize">As <see cref="PoolOptions.MinSize"/>.</param>
    /// <param name="maxSize">As <see cref="PoolOptions.MaxSize"/>.</param>
    /// <exception cref="ArgumentException">The sizes are out of range or contradict each other.</exception>
    /// <exception cref="PoolClosedException">The pool is closed.</exception>
    public static Task<PoolSnapshot> ResizeAsync(this IConnectionPool pool, int minSize, int maxSize) =>
        Of(pool).ExecuteAsync(new ResizePool(minSize, maxSize));

    /// <inheritdoc cref="EvictConnections"/>
    /// <param name="pool">The pool.</param>
    /// <param name="mode">Whether leased connections are closed when they are returned, or under their holders.</param>
    /// <param name="over">Spreads the closing evenly over this time; null or zero closes at once.</param>
    /// <exception cref="PoolClosedException">The pool is closed.</exception>
    public static Task<PoolSnapshot> EvictAsync(this IConnectionPool pool, EvictMode mode = EvictMode.Soft, TimeSpan? over = null) =>
        Of(pool).ExecuteAsync(new EvictConnections(mode, over));

    /// <summary>Closes one connection; if it is missing to the minimum then, another is opened. Done when it has begun.</summary>
    /// <param name="pool">The pool; of a group of replicas the member's.</param>
    /// <param name="connectionId">Its number (<see cref="ConnectionSnapshot.ConnectionId"/>), from 1; if it is gone already, nothing is closed.</param>
    /// <param name="mode">Whether it is closed when it is returned, if it is leased, or under its holder.</param>
    /// <exception cref="ArgumentException">The number is not positive, or the pool is a group.</exception>
    /// <exception cref="PoolClosedException">The pool is closed.</exception>
    public static Task<PoolSnapshot> EvictConnectionAsync(this IConnectionPool pool, long connectionId, EvictMode mode = EvictMode.Soft) =>
        Of(pool).ExecuteAsync(new EvictConnections(mode, ConnectionId: connectionId));

    /// <inheritdoc cref="ReconfigurePool"/>
    /// <param name="pool">The pool.</param>
    /// <param name="options">The new options, all of them. Copied.</param>
    /// <exception cref="ArgumentException">The options are out of range, or name what cannot be changed.</exception>
    /// <exception cref="PoolClosedException">The pool is closed.</exception>
    public static Task<PoolSnapshot> ReconfigureAsync(this IConnectionPool pool, PoolOptions options) =>
        Of(pool).ExecuteAsync(new ReconfigurePool(options));

    /// <inheritdoc cref="OpenNow"/>
    /// <exception cref="PoolClosedException">The pool is closed.</exception>
    public static Task<PoolSnapshot> TryNowAsync(this IConnectionPool pool) => Of(pool).ExecuteAsync(new OpenNow());

    /// <inheritdoc cref="RenewCredentials"/>
    /// <exception cref="PoolClosedException">The pool is closed.</exception>
    public static Task<PoolSnapshot> RenewCredentialsAsync(this IConnectionPool pool) =>
        Of(pool).ExecuteAsync(new RenewCredentials());

    static IConnectionPool Of(IConnectionPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        return pool;
    }
}
