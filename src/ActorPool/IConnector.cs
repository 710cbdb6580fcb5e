namespace ActorPool;

/// <summary>
/// Opens, probes, resets and closes the connections of one endpoint, and says which errors are faults. To the pool a
/// connection is a black box; everything it knows of one, it learns here.
/// </summary>
/// <remarks>
/// A connector is called for many connections at once, never for one connection twice at a time. The asynchronous
/// members run on the thread pool with no caller's execution context and may take their time; the synchronous ones run
/// on the thread of whoever acquires or releases and <b>must neither block nor throw</b>.
/// <see cref="Connector.Create{TConnection}"/> makes a connector from delegates.
/// </remarks>
/// <typeparam name="TConnection">What is pooled: a stream, a database connection, a session of any protocol.</typeparam>
public interface IConnector<TConnection>
    where TConnection : class
{
    /// <summary>
    /// Opens one connection, handshake and login included. What it throws counts as a failed open: the slot is freed,
    /// the next attempt waits for the endpoint's backoff. May block the slot that it fills, nothing else.
    /// </summary>
    /// <param name="context">Where and for whom the connection is opened.</param>
    /// <param name="cancellationToken">
    /// Cancelled when <see cref="PoolOptions.ConnectTimeout"/> has passed or the pool closes; never by an acquirer who gave up.
    /// </param>
    /// <returns>A connection that is ready for use; never null.</returns>
    ValueTask<TConnection> OpenAsync(OpenContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Asks the other end of an idle connection whether it is still there. What it throws closes the connection. By
    /// default does nothing. The connection is nobody's lease meanwhile; no acquire waits for it.
    /// </summary>
    /// <param name="connection">An idle connection.</param>
    /// <param name="cancellationToken">Cancelled when <see cref="PoolOptions.KeepaliveTimeout"/> has passed or the pool closes.</param>
    ValueTask ProbeAsync(TConnection connection, CancellationToken cancellationToken) => default;

    /// <summary>
    /// Makes a returned connection fit for its next holder: rolls back, clears session state. What it throws closes the
    /// connection. By default does nothing.
    /// </summary>
    /// <param name="connection">A connection whose lease has ended.</param>
    /// <param name="cancellationToken">Cancelled when <see cref="PoolOptions.ResetTimeout"/> has passed or the pool closes.</param>
    ValueTask ResetAsync(TConnection connection, CancellationToken cancellationToken) => default;

    /// <summary>
    /// Closes a connection that leaves the pool. Called exactly once for every connection that was opened, except for
    /// those that were detached. Bounded by <see cref="PoolOptions.CloseTimeout"/>: past it the pool goes on without
    /// waiting. What it throws is logged.
    /// </summary>
    /// <param name="connection">The connection; nobody holds it any more.</param>
    /// <param name="reason">Why it is closed.</param>
    ValueTask CloseAsync(TConnection connection, CloseReason reason);

    /// <summary>
    /// Whether an error that a holder met condemns the connection it happened on. The default is that every error does,
    /// cancellation included: only a connector that knows its protocol's state can say that an error is harmless.
    /// Runs on the holder's thread; must not block or throw.
    /// </summary>
    /// <param name="error">What the holder's operation threw.</param>
    bool IsFault(Exception error) => true;

    /// <summary>
    /// Looks at a connection that is about to be handed out after more than <see cref="PoolOptions.ValidateAfterIdle"/>
    /// of idleness: false when it was closed by its peer or has bytes that nobody asked for. It is then closed and the
    /// acquirer served with another one. Runs on the acquirer's thread; must not block or throw, and sends nothing.
    /// </summary>
    /// <param name="connection">The connection that is about to be handed out.</param>
    bool IsReusable(TConnection connection) => true;

    /// <summary>
    /// Looks at a connection on its way back into the pool: false when its last holder left something behind that no
    /// later check could see, such as an operation still pending. It is then closed instead of pooled. Runs on the
    /// releaser's thread; must not block or throw.
    /// </summary>
    /// <param name="connection">The connection whose lease ends.</param>
    bool TryReturn(TConnection connection) => true;

    /// <summary>
    /// Whether a connection on its way back needs its <see cref="ResetAsync"/>. The default is that every one does; a
    /// connector that knows what its holder did says no where there is nothing to clear, and the connection is idle at
    /// once. Asked after <see cref="TryReturn"/>, and only if there is a reset (<see cref="ConnectorSteps.Reset"/>). Runs on
    /// the releaser's thread; must not block or throw.
    /// </summary>
    /// <param name="connection">The connection whose lease ends.</param>
    bool NeedsReset(TConnection connection) => true;

    /// <summary>
    /// Says what kind of failure kept a connection from opening. The default calls every failure
    /// <see cref="OpenFailureKind.Transient"/>, which waiters wait out.
    /// </summary>
    /// <param name="error">What <see cref="OpenAsync"/> threw.</param>
    OpenFailureKind Classify(Exception error) => OpenFailureKind.Transient;

    /// <summary>
    /// Which of the optional steps this connector has, so that the pool can leave out the others. The default is all of
    /// them, which is always right and costs a connection without a reset one needless visit at every return.
    /// </summary>
    ConnectorSteps Steps => ConnectorSteps.All;
}
