namespace ActorPool.Budgets.Cluster.Runs;

/// <summary>A session as the server lists it.</summary>
/// <param name="Pid">The number of its process at the server.</param>
/// <param name="Client">What it calls itself.</param>
/// <param name="StartedAt">When it began, by the server's clock, which is this machine's.</param>
readonly record struct CountedSession(int Pid, string Client, DateTimeOffset StartedAt);
