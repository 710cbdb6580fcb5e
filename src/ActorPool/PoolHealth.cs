namespace ActorPool;

/// <summary>Whether an endpoint can open connections, as its last attempts tell.</summary>
public enum PoolHealth
{
    /// <summary>The last open succeeded, or none was tried yet.</summary>
    Healthy = 0,

    /// <summary>The last open failed; attempts go on with backoff and waiters wait.</summary>
    Failing,

    /// <summary>Opens have failed for longer than <see cref="PoolOptions.UnavailableAfter"/>, or in a way that waiting does not cure: acquires fail at once.</summary>
    Unavailable,
}
