namespace ActorPool.AkkaNet.Budgeting;

/// <summary>The sender is not to be told any more.</summary>
sealed record UnwatchRecord(string Budget, string Key) : IKeeperMessage;
