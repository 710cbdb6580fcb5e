using ActorPool.Hocon;

namespace ActorPool.Hosting.Configuration.Values;

/// <summary>Numbers of bytes as text: <c>65536</c>, <c>64KiB</c>.</summary>
static class SizeText
{
    /// <summary>Reads a size that fits the options, which count in 32 bits.</summary>
    public static bool TryParse(string text, out int bytes)
    {
        var isSize = HoconUnits.TryParseSize(text, out var size) && size <= int.MaxValue;
        bytes = isSize ? (int)size : 0;
        return isSize;
    }
}
