namespace ActorPool.Data.Leasing;

/// <summary>What a holder may have left behind on a connection, as far as that could be seen.</summary>
enum Leftover
{
    Nothing = 0,

    /// <summary>A transaction that was begun by SQL text, or whose beginning failed.</summary>
    Transaction,

    /// <summary>He had the provider's connection in his own hands.</summary>
    Anything,
}
