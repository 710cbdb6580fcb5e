using System.Globalization;
using Akka.Configuration.Hocon;

namespace ActorPool.AkkaNet.Configuration;

/// <summary>What Akka.NET has read of its HOCON, as the keys and values of .NET's configuration; nothing is parsed again.</summary>
static class HoconPairs
{
    /// <summary>The values below a key.</summary>
    /// <param name="key">What the keys begin with.</param>
    /// <param name="value">What Akka.NET has read.</param>
    public static IEnumerable<KeyValuePair<string, string?>> Of(string key, HoconValue value)
    {
        if (value.IsObject())
        {
            var items = value.GetObject().Items;

            // An object may say something by being there.
            return items.Count == 0 ? [new KeyValuePair<string, string?>(key, null)] : items.SelectMany(item => Of($"{key}:{item.Key}", item.Value));
        }

        return value.IsArray()
            ? value.GetArray().SelectMany((item, index) => Of(string.Create(CultureInfo.InvariantCulture, $"{key}:{index}"), item))
            : [new KeyValuePair<string, string?>(key, value.GetString())];
    }
}
