namespace ActorPool;

/// <summary>
/// The endpoint has been failing for longer than <see cref="PoolOptions.UnavailableAfter"/>, so that acquires do not wait
/// for it. The inner exception is the last failed open.
/// </summary>
public sealed class EndpointUnavailableException : PoolException
{
    internal EndpointUnavailableException(string message, string poolName, PoolSnapshot snapshot, Exception? inner)
        : base(message, poolName, PoolFailureReason.Unavailable, snapshot, inner) =>
        NextAttemptIn = snapshot.NextAttemptIn ?? TimeSpan.Zero;

    /// <summary>When the pool tries again by itself, counted from this error.</summary>
    public TimeSpan NextAttemptIn { get; }
}
