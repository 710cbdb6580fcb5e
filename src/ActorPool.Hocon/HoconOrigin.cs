namespace ActorPool.Hocon;

/// <summary>Where in a text something is written.</summary>
/// <param name="File">The file's name as it was given; null for a text that is no file's.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
public readonly record struct HoconOrigin(string? File, int Line, int Column)
{
    /// <summary>Such as <c>pools.conf:12:5</c>.</summary>
    public override string ToString() => $"{File ?? "text"}:{Line}:{Column}";
}
