namespace ActorPool.Hocon.Syntax;

/// <summary>A substitution: <c>${path}</c>, <c>${?path}</c> or <c>${path[]}</c>.</summary>
sealed class ReferenceNode(string[] path, HoconOrigin origin) : SyntaxNode(origin)
{
    public string[] Path { get; } = path;

    public bool IsOptional { get; init; }

    /// <summary>Whether the environment is asked for a list: <c>PATH_0</c>, <c>PATH_1</c> and so on.</summary>
    public bool IsList { get; init; }

    /// <summary>Where the root of the included file is in the whole configuration; null if both have the same root.</summary>
    public Place? Root { get; init; }

    public override string ToString() => $"${{{(IsOptional ? "?" : "")}{PathText.Render(Path)}{(IsList ? "[]" : "")}}}";
}
