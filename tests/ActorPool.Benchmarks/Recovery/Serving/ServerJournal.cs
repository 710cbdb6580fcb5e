using System.Diagnostics;

namespace ActorPool.Benchmarks.Recovery.Serving;

/// <summary>
/// What a server has seen since it listens, in the machine's monotonic ticks (<see cref="Stopwatch.GetTimestamp"/>), which
/// are the same in all processes.
/// </summary>
/// <param name="Accepted">When connections came.</param>
/// <param name="Ready">When connections got their first answer.</param>
/// <param name="Gone">When connections that had got their first answer went.</param>
/// <param name="StartingMost">How many connections were without their first answer at once, at most.</param>
sealed record ServerJournal(IReadOnlyList<long> Accepted, IReadOnlyList<long> Ready, IReadOnlyList<long> Gone, int StartingMost);
