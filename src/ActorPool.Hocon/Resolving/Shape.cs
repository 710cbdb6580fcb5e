namespace ActorPool.Hocon.Resolving;

/// <summary>
/// What a value is at its outermost: which text, an array of which elements, an object of which fields. These are not looked into
/// before somebody needs them, so that an object may refer to parts of itself.
/// </summary>
abstract class Shape
{
    /// <summary>No value: an optional substitution that found nothing.</summary>
    public static Shape Undefined { get; } = new UndefinedShape();

    /// <summary>The whole value, once it is known.</summary>
    public HoconValue? Value { get; set; }

    /// <summary>Whether that is being made.</summary>
    public bool IsBuilding { get; set; }

    sealed class UndefinedShape : Shape;
}
