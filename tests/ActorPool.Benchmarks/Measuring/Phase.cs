namespace ActorPool.Benchmarks.Measuring;

/// <summary>What a slice is doing.</summary>
enum Phase
{
    /// <summary>The workers find their rhythm; nothing counts yet.</summary>
    Settling = 0,

    /// <summary>What happens counts.</summary>
    Measuring,

    /// <summary>The workers end.</summary>
    Over,
}
