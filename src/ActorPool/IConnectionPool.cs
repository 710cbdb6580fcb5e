namespace ActorPool;

/// <summary>
/// The pool of one endpoint: what callers inject. All members may be called from any thread at any time.
/// </summary>
/// <typeparam name="TConnection">What is pooled.</typeparam>
public interface IConnectionPool<TConnection> : IConnectionPool
    where TConnection : class
{
    /// <summary>The same pool for those who speak by message.</summary>
    PoolRef<TConnection> Ref { get; }

    /// <summary>
    /// Leases a connection: an idle one at once, otherwise the first that is returned or opened, in order of arrival.
    /// Never blocks. Await it once, as every <see cref="ValueTask{TResult}"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait; an open that has begun goes on and feeds the pool.</param>
    /// <exception cref="AcquireTimeoutException"><see cref="PoolOptions.AcquireTimeout"/> has passed.</exception>
    /// <exception cref="PoolExhaustedException">
    /// The line is full (<see cref="PoolOptions.MaxWaiters"/>) or was shed (<see cref="PoolOptions.QueueTarget"/>), or acquires
    /// do not wait (<see cref="PoolOptions.WhenExhausted"/>).
    /// </exception>
    /// <exception cref="EndpointUnavailableException">No connection could be opened for <see cref="PoolOptions.UnavailableAfter"/>.</exception>
    /// <exception cref="ConnectFailedException">Opening fails in a way that waiting does not cure.</exception>
    /// <exception cref="PoolClosedException">The pool is closed, or closes during the wait.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    ValueTask<Lease<TConnection>> AcquireAsync(CancellationToken cancellationToken = default);

    /// <summary><see cref="AcquireAsync(CancellationToken)"/> with a time limit of its own.</summary>
    /// <param name="timeout">
    /// The whole wait. <see cref="TimeSpan.Zero"/> fails at once when no connection is free,
    /// <see cref="Timeout.InfiniteTimeSpan"/> waits for ever; other negative values are refused.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<Lease<TConnection>> AcquireAsync(TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary><see cref="AcquireAsync(CancellationToken)"/> for a certain holder: one with a name, or one with an end.</summary>
    /// <param name="request">Time limit and holder.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<Lease<TConnection>> AcquireAsync(AcquireLease request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Leases a connection and <b>blocks</b> the calling thread until there is one. Throws what
    /// <see cref="AcquireAsync(CancellationToken)"/> throws.
    /// </summary>
    /// <param name="timeout">The whole wait; null is <see cref="PoolOptions.AcquireTimeout"/>. See <see cref="AcquireAsync(TimeSpan, CancellationToken)"/>.</param>
    Lease<TConnection> Acquire(TimeSpan? timeout = null);

    /// <summary>
    /// Leases an idle connection if there is one. Never waits for a connection; false when none is free or the pool is
    /// closed. A miss counts as demand: if there is room, a connection is opened in the background for who comes later.
    /// </summary>
    bool TryAcquire(out Lease<TConnection> lease);

    /// <summary>
    /// Hands a connection of one's own into the pool, as one that was opened: the opposite of
    /// <see cref="Lease{TConnection}.Detach"/>. False if the pool is full or closed: the connection is still the caller's.
    /// </summary>
    /// <param name="connection">
    /// An open connection that nobody else uses, as an open leaves it: it is not reset before its first lease. From now on
    /// the pool closes it.
    /// </param>
    bool TryAttach(TConnection connection);

    /// <summary>
    /// Leases a connection, runs an operation on it and returns it. An exception of the operation condemns the connection
    /// unless its connector calls it harmless (<see cref="IConnector{TConnection}.IsFault"/>), and is rethrown; or tried again
    /// if <see cref="PoolOptions.Retry"/> says so, which by default it does not.
    /// </summary>
    /// <param name="operation">What to do; a static lambda suffices, since it is given <paramref name="state"/>.</param>
    /// <param name="state">Handed to the operation.</param>
    /// <param name="cancellationToken">Ends the wait for a connection, and is handed to the operation.</param>
    ValueTask<TResult> UseAsync<TState, TResult>(
        Func<TConnection, TState, CancellationToken, ValueTask<TResult>> operation,
        TState state,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// <see cref="UseAsync{TState, TResult}(Func{TConnection, TState, CancellationToken, ValueTask{TResult}}, TState, CancellationToken)"/>
    /// with retries of its own, in place of <see cref="PoolOptions.Retry"/>.
    /// </summary>
    /// <param name="operation">What to do, in every attempt anew.</param>
    /// <param name="state">Handed to the operation.</param>
    /// <param name="retry">When and how to try again. Keep the object: what it means is worked out once.</param>
    /// <param name="cancellationToken">Ends the call, its waits included, and is handed to the operation.</param>
    /// <exception cref="RetryExhaustedException">
    /// The last attempt has failed too; the inner exception is its error. An error that is not retried is thrown as it is.
    /// </exception>
    /// <exception cref="ArgumentException">The retry options are out of range: all problems are listed.</exception>
    ValueTask<TResult> UseAsync<TState, TResult>(
        Func<TConnection, TState, CancellationToken, ValueTask<TResult>> operation,
        TState state,
        RetryOptions retry,
        CancellationToken cancellationToken = default);
}
