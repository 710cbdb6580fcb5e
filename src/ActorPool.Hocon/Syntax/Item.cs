using ActorPool.Hocon.Resolving;

namespace ActorPool.Hocon.Syntax;

/// <summary>One value that was assigned to a key, or one element of an array; and what is known of it so far.</summary>
sealed class Item(SyntaxNode node, HoconOrigin keyOrigin)
{
    public SyntaxNode Node { get; } = node;

    /// <summary>Where the key is written; of an element, where it begins.</summary>
    public HoconOrigin KeyOrigin { get; } = keyOrigin;

    /// <summary>Whether it looks back at the items below it in any case: <c>a = ${a}x</c>, <c>a += x</c>.</summary>
    public bool LooksBack { get; init; }

    /// <summary>The list that it was first written to, and its place there.</summary>
    public List<Item>? Home { get; set; }

    public int Index { get; set; }

    /// <summary>What it is at its outermost, once it is known.</summary>
    public Shape? Shape { get; set; }

}
