namespace ActorPool.Benchmarks.Recovery;

/// <summary>When a server was away, in ticks of the stopwatch.</summary>
/// <param name="KilledAt">It was sent the signal.</param>
/// <param name="GoneAt">Its process had ended: whatever was sent later was not under way when it died.</param>
/// <param name="BackAt">Another listened in its place.</param>
readonly record struct Outage(long KilledAt, long GoneAt, long BackAt);
