namespace ActorPool.Benchmarks.Soak;

/// <summary>What a soak can leak on purpose, to show that it is found.</summary>
enum LeakKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Some bytes for every lease.</summary>
    Memory,

    /// <summary>A socket for one lease in some hundreds.</summary>
    Handles,

    /// <summary>A timer for one lease in some hundreds.</summary>
    Timers,
}
