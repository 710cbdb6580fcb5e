namespace ActorPool.Hocon.Syntax;

/// <summary>
/// Where an object is: the keys that lead to it from the root, or from the innermost element of an array that it lies in, since no
/// path leads into an array.
/// </summary>
sealed class Place
{
    readonly Place? _parent;
    readonly string _key = "";
    readonly int _length;

    Place(ObjectNode? element) => Element = element;

    Place(Place parent, string key) => (_parent, _key, _length, Element) = (parent, key, parent._length + 1, parent.Element);

    /// <summary>The root of the whole configuration.</summary>
    public static Place Root { get; } = new(element: null);

    /// <summary>The element that the keys lead from; null for the root.</summary>
    public ObjectNode? Element { get; }

    public bool IsRoot => ReferenceEquals(this, Root);

    public static Place InElement(ObjectNode element) => new(element);

    public Place Child(string key) => new(this, key);

    /// <summary>The keys that lead here, and then some.</summary>
    public string[] Keys(string[]? rest = null)
    {
        rest ??= [];
        var keys = new string[_length + rest.Length];
        rest.CopyTo(keys, _length);
        for (var place = this; place._parent is not null; place = place._parent)
        {
            keys[place._length - 1] = place._key;
        }

        return keys;
    }
}
