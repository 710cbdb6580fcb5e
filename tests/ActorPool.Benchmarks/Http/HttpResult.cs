namespace ActorPool.Benchmarks.Http;

/// <summary>What a number of callers saw.</summary>
/// <param name="Callers">How many there were.</param>
/// <param name="Rows">The candidates, the reference first.</param>
sealed record HttpResult(int Callers, IReadOnlyList<HttpRow> Rows);
