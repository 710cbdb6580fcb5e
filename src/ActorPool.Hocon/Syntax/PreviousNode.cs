namespace ActorPool.Hocon.Syntax;

/// <summary>What a field was before: the <c>${?a}</c> that <c>a += b</c> stands for, without looking anywhere else for it.</summary>
sealed class PreviousNode(Place place, HoconOrigin origin) : SyntaxNode(origin)
{
    public Place Place { get; } = place;
}
