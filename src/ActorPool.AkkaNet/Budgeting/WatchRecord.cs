namespace ActorPool.AkkaNet.Budgeting;

/// <summary>The sender is to be told of changes to a record. Sent again and again: whoever keeps the book now is to know it.</summary>
sealed record WatchRecord(string Budget, string Key) : IKeeperMessage;
