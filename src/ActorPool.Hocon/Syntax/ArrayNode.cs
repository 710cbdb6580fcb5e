namespace ActorPool.Hocon.Syntax;

/// <summary>An array in brackets.</summary>
sealed class ArrayNode(List<Item> elements, HoconOrigin origin) : SyntaxNode(origin)
{
    public List<Item> Elements { get; } = elements;
}
