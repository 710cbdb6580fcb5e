using ActorPool.Budgets.Cluster.Nodes;

namespace ActorPool.Budgets.Cluster.Runs;

/// <summary>What the command line says of a run.</summary>
/// <param name="Engine">Where the book is kept.</param>
/// <param name="Seed">Of the order of things, and of who is hit.</param>
/// <param name="Length">How long things go on; every fault comes once at least, whatever this says.</param>
/// <param name="HasFence">Whether silent nodes' sessions are ended; if not, a quarantine is waited for.</param>
/// <param name="Connections">The budget.</param>
/// <param name="IsStrict">Whether a broken claim is an error.</param>
sealed record RunSettings(EngineKind Engine, int Seed, TimeSpan Length, bool HasFence, int Connections, bool IsStrict);
