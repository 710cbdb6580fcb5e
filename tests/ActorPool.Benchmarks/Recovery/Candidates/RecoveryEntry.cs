using ActorPool.Benchmarks.Recovery.Serving;

namespace ActorPool.Benchmarks.Recovery.Candidates;

/// <summary>What there is to be compared.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Service">What its server speaks.</param>
/// <param name="Open">Opens it at a port; whether the server wants a login.</param>
sealed record RecoveryEntry(string Name, Service Service, Func<int, bool, ValueTask<RecoveryCandidate>> Open);
