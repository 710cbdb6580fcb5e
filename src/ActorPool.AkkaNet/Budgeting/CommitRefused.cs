namespace ActorPool.AkkaNet.Budgeting;

/// <summary>The keeper has not done it, or does not know whether it has.</summary>
/// <param name="Text">Why, for the error that the node gets.</param>
sealed record CommitRefused(string Text) : IKeeperMessage;
