namespace ActorPool.AkkaNet.Budgeting;

/// <summary>The keeper tells of changes from now on.</summary>
sealed record WatchStands : IKeeperMessage;
