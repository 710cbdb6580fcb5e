namespace ActorPool.Hocon.Syntax;

/// <summary>A value as it is written, its substitutions not yet followed.</summary>
abstract class SyntaxNode(HoconOrigin origin)
{
    public HoconOrigin Origin { get; } = origin;
}
