namespace ActorPool.AkkaNet;

/// <summary>What <see cref="ActorPoolCluster.UseAsync"/> throws for a <see cref="UseFailed"/>.</summary>
/// <param name="failure">The answer.</param>
#pragma warning disable CA1032 // it says what a cluster has answered, and is made here alone
public sealed class UseFailedException(UseFailed failure) : Exception((failure ?? throw new ArgumentNullException(nameof(failure))).Text)
#pragma warning restore CA1032
{
    /// <summary>The answer: the reason for programs, and whether the work may have been done.</summary>
    public UseFailed Failure { get; } = failure;
}
