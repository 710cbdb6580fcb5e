using System.Collections;

namespace ActorPool.Hocon;

/// <summary>An array.</summary>
public sealed class HoconArray : HoconValue, IReadOnlyList<HoconValue>
{
    readonly IReadOnlyList<HoconValue> _elements;

    internal HoconArray(IReadOnlyList<HoconValue> elements, HoconOrigin origin)
        : base(HoconKind.Array, origin)
    {
        _elements = elements;
        Size = 1 + elements.Sum(static element => element.Size);
    }

    /// <summary>How many elements there are.</summary>
    public int Count => _elements.Count;

    /// <summary>An element.</summary>
    /// <param name="index">From 0.</param>
    public HoconValue this[int index] => _elements[index];

    /// <summary>The elements in order.</summary>
    public IEnumerator<HoconValue> GetEnumerator() => _elements.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
