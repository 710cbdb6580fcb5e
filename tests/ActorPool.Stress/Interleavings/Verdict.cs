namespace ActorPool.Stress;

/// <summary>What a scenario's table says of an outcome.</summary>
enum Verdict
{
    /// <summary>What is meant to happen.</summary>
    Acceptable,

    /// <summary>Allowed, and worth knowing of: rare, or what comes of a misuse that is not caught.</summary>
    Interesting,

    /// <summary>A promise is broken. So is every outcome that the table does not know.</summary>
    Forbidden,
}
