using ActorPool.Hocon.Syntax;

namespace ActorPool.Hocon.Resolving;

/// <summary>What was assigned to a field so far: the first items of a list.</summary>
readonly record struct FieldView(List<Item> Items, int Count)
{
    public FieldView Below(int index) => new(Items, index);
}
