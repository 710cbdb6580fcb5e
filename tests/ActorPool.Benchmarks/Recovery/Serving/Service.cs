namespace ActorPool.Benchmarks.Recovery.Serving;

/// <summary>What a server speaks.</summary>
enum Service
{
    /// <summary>Says what it hears.</summary>
    Echo,

    /// <summary>Answers every HTTP request with 100 bytes.</summary>
    Http,

    /// <summary>Hands everything to a PostgreSQL behind it.</summary>
    Relay,
}
