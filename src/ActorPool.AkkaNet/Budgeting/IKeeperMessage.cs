namespace ActorPool.AkkaNet.Budgeting;

/// <summary>What members of a cluster tell each other of budgets, and what is replicated: written by <see cref="KeeperSerializer"/>.</summary>
interface IKeeperMessage;
