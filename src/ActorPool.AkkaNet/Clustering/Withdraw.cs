namespace ActorPool.AkkaNet.Clustering;

/// <summary>To the node's own router: nothing more is to be done here for others. Answered by <see cref="Withdrawn"/>.</summary>
sealed record Withdraw : ILocalMessage
{
    public static Withdraw Instance { get; } = new();
}
