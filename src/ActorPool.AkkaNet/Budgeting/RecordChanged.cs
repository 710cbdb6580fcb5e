namespace ActorPool.AkkaNet.Budgeting;

/// <summary>A record that the receiver watches has changed.</summary>
sealed record RecordChanged : IKeeperMessage;
