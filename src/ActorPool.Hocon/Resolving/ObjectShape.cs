using ActorPool.Hocon.Syntax;

namespace ActorPool.Hocon.Resolving;

/// <summary>An object.</summary>
sealed class ObjectShape(OrderedDictionary<string, Field> fields, HoconOrigin origin) : Shape
{
    public OrderedDictionary<string, Field> Fields { get; } = fields;

    public HoconOrigin Origin { get; } = origin;
}
