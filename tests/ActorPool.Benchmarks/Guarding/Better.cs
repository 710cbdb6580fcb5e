namespace ActorPool.Benchmarks.Guarding;

/// <summary>What is good for a figure.</summary>
enum Better
{
    /// <summary>To stay as it is: it can be measured exactly, and a change for the better is to be kept as well.</summary>
    Same = 0,

    /// <summary>To be small.</summary>
    Lower,

    /// <summary>To be great.</summary>
    Higher,
}
