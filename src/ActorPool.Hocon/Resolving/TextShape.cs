namespace ActorPool.Hocon.Resolving;

/// <summary>A string, a number, a boolean or null.</summary>
sealed class TextShape : Shape
{
    public TextShape(HoconScalar scalar) => (Scalar, Value) = (scalar, scalar);

    public HoconScalar Scalar { get; }
}
