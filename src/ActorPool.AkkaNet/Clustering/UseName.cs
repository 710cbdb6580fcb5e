namespace ActorPool.AkkaNet.Clustering;

/// <summary>What one node does for others: a pool and a handler. Of the pool's name case does not count, as everywhere.</summary>
/// <param name="Pool">The pool's name in capitals.</param>
/// <param name="Handler">The handler's name.</param>
readonly record struct UseName(string Pool, string Handler)
{
    public static UseName Of(string pool, string handler) => new(pool.ToUpperInvariant(), handler);
}
