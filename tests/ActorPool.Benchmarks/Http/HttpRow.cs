namespace ActorPool.Benchmarks.Http;

/// <summary>One candidate's figures.</summary>
/// <param name="Name">Who.</param>
/// <param name="MicrosecondsPerRequest">Median time per request, all callers together.</param>
/// <param name="BytesPerRequest">Median of what was allocated per request, client and server together.</param>
/// <param name="Throughput">Its throughput over that of the reference, pair by pair.</param>
sealed record HttpRow(string Name, double MicrosecondsPerRequest, double BytesPerRequest, PairedRatio Throughput);
