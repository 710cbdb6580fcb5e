namespace ActorPool.Hocon.Syntax;

/// <summary>Unquoted whitespace between two values: part of a string that they make, nothing between arrays or objects.</summary>
sealed class BlankNode(string text, HoconOrigin origin) : SyntaxNode(origin)
{
    public string Text { get; } = text;
}
