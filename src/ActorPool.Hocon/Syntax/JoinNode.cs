namespace ActorPool.Hocon.Syntax;

/// <summary>Values one after the other, of which at least one is a substitution or which are arrays or objects.</summary>
sealed class JoinNode(List<SyntaxNode> pieces, HoconOrigin origin) : SyntaxNode(origin)
{
    public List<SyntaxNode> Pieces { get; } = pieces;
}
