using System.Globalization;

namespace ActorPool.Hocon.Reading;

/// <summary>Keys that are indexes, for objects that stand for arrays.</summary>
static class IndexText
{
    /// <summary>The values of the keys that are whole numbers, in the order of these; other keys are left out.</summary>
    public static IEnumerable<T> InOrder<T>(IEnumerable<KeyValuePair<string, T>> fields) =>
        from field in fields
        let index = Parse(field.Key)
        where index >= 0
        orderby index
        select field.Value;

    static long Parse(string key) =>
        long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;
}
