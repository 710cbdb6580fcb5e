namespace ActorPool.AkkaNet;

/// <summary>The answer to an <see cref="AcquireLease"/> that got no lease.</summary>
/// <param name="Failure">Why: what <see cref="IConnectionPool{TConnection}.AcquireAsync(CancellationToken)"/> would have thrown, or what is wrong with the request.</param>
public sealed record LeaseRefused(Exception Failure) : ILocalMessage
{
    /// <summary>Why, for programs; null if it is no failure of the pool's.</summary>
    public PoolFailureReason? Reason => (Failure as PoolException)?.Reason;

    /// <summary>The reason in one line.</summary>
    public override string ToString() => $"lease refused: {Failure.Message}";
}
