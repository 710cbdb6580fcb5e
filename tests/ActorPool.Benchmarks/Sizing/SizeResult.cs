namespace ActorPool.Benchmarks.Sizing;

/// <summary>What an idle connection costs beside itself.</summary>
sealed record SizeResult(string What, double BytesPerConnection);
