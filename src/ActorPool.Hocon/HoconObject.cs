using System.Collections;
using System.Diagnostics.CodeAnalysis;
using ActorPool.Hocon.Reading;
using ActorPool.Hocon.Resolving;

namespace ActorPool.Hocon;

#pragma warning disable CA1710 // it is what the specification calls an object
/// <summary>An object: its fields in the order in which their keys first appear. Keys differ in case.</summary>
public sealed class HoconObject : HoconValue, IReadOnlyDictionary<string, HoconValue>
{
    readonly OrderedDictionary<string, HoconField> _fields;

    internal HoconObject(OrderedDictionary<string, HoconField> fields, HoconOrigin origin)
        : base(HoconKind.Object, origin)
    {
        _fields = fields;
        Size = 1 + fields.Values.Sum(static field => field.Value.Size);
    }

    /// <summary>How many fields there are.</summary>
    public int Count => _fields.Count;

    /// <summary>The keys in order, as they are spelled.</summary>
    public IEnumerable<string> Keys => _fields.Keys;

    /// <summary>The values in the order of their keys.</summary>
    public IEnumerable<HoconValue> Values => _fields.Values.Select(static resolved => resolved.Value);

    /// <summary>The value of a key, which is no path.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    public HoconValue this[string key] => _fields[key].Value;

    /// <summary>Whether there is such a key.</summary>
    /// <param name="key">The key, which is no path.</param>
    public bool ContainsKey(string key) => _fields.ContainsKey(key);

    /// <summary>The value of a key.</summary>
    /// <param name="key">The key, which is no path.</param>
    /// <param name="value">The value.</param>
    /// <returns>False if there is no such key.</returns>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out HoconValue value)
    {
        var found = _fields.TryGetValue(key, out var field);
        value = field.Value;
        return found;
    }

    /// <summary>Where a key is written that got its value there.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    public HoconOrigin OriginOf(string key) => _fields[key].KeyOrigin;

    /// <summary>The fields in order.</summary>
    public IEnumerator<KeyValuePair<string, HoconValue>> GetEnumerator()
    {
        foreach (var (key, field) in _fields)
        {
            yield return new(key, field.Value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The specification's <i>Conversion of numerically-indexed objects to arrays</i>; null if there is no such key.</summary>
    internal HoconArray? ToArray()
    {
        var elements = IndexText.InOrder(_fields).Select(static field => field.Value).ToList();
        return elements.Count == 0 ? null : new HoconArray(elements, Origin);
    }
}
