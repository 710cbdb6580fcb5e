namespace ActorPool.AkkaNet.Budgeting;

/// <summary>Another keeper has taken over: this one must not acknowledge anything any more.</summary>
sealed class SupersededException(KeeperMark own, KeeperMark other) : Exception($"Keeper {own} was superseded by keeper {other}.");
