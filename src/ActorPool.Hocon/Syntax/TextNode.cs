namespace ActorPool.Hocon.Syntax;

/// <summary>A string, a number, a boolean or null.</summary>
sealed class TextNode(HoconKind kind, string text, HoconOrigin origin) : SyntaxNode(origin)
{
    public HoconKind Kind { get; } = kind;

    public string Text { get; } = text;
}
