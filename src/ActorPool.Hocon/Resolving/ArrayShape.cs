using System.Runtime.InteropServices;
using ActorPool.Hocon.Syntax;

namespace ActorPool.Hocon.Resolving;

/// <summary>
/// An array. One that was joined may share its list with the longer one that was made of it: each sees its own count of elements
/// only. So appending element after element (<c>a += 1</c>, <c>a += 2</c> and so on) copies none.
/// </summary>
sealed class ArrayShape : Shape
{
    readonly List<Item> _items;
    readonly bool _isJoined;

    public ArrayShape(List<Item> items, HoconOrigin origin)
        : this(items, items.Count, origin, isJoined: false)
    {
    }

    ArrayShape(List<Item> items, int count, HoconOrigin origin, bool isJoined)
        => (_items, Count, Origin, _isJoined) = (items, count, origin, isJoined);

    public int Count { get; }

    public HoconOrigin Origin { get; }

    public ReadOnlySpan<Item> Items => CollectionsMarshal.AsSpan(_items)[..Count];

    /// <summary>How many elements a join with another array copies.</summary>
    public int CostOf(ArrayShape other) => other.Count + (CanGrow ? 0 : Count);

    public ArrayShape Join(ArrayShape other, HoconOrigin origin)
    {
        List<Item> joined = CanGrow ? _items : [.. Items];
        joined.AddRange(other._items.GetRange(0, other.Count));
        return new(joined, joined.Count, origin, isJoined: true);
    }

    bool CanGrow => _isJoined && _items.Count == Count;
}
