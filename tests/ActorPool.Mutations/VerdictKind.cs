namespace ActorPool.Mutations;

/// <summary>How a run of the simulation ended.</summary>
enum VerdictKind
{
    /// <summary>No seed failed.</summary>
    Passed = 0,

    /// <summary>A check failed.</summary>
    Failed,

    /// <summary>It did not end in time.</summary>
    Hung,

    /// <summary>It ended with an exit code that it has no meaning for.</summary>
    Crashed,

    /// <summary>It says that a seed failed, but not which.</summary>
    Unreadable,

    /// <summary>The break does not compile, so that nothing was run.</summary>
    NotBuilt,
}
