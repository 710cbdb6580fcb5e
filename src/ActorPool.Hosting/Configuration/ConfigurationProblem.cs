namespace ActorPool.Hosting.Configuration;

/// <summary>One thing that is wrong in a configuration.</summary>
/// <param name="Place">Where it is written, such as <c>pools.conf:12:5</c>; null if nobody knows.</param>
/// <param name="Key">The key's path, such as <c>actorpool:pools:cache:max-size</c>.</param>
/// <param name="Text">What is wrong, as a sentence that the key begins.</param>
sealed record ConfigurationProblem(string? Place, string Key, string Text)
{
    /// <summary>One line.</summary>
    public override string ToString() => Place is null ? $"{Key} {Text}" : $"{Place}: {Key} {Text}";
}
