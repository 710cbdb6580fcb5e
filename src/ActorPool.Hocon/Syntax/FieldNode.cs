namespace ActorPool.Hocon.Syntax;

/// <summary>Stands for a field's value: an element of the array that an object was made into.</summary>
sealed class FieldNode(Field field, HoconOrigin origin) : SyntaxNode(origin)
{
    public Field Field { get; } = field;
}
