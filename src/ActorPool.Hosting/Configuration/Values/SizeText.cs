using System.Globalization;

namespace ActorPool.Hosting.Configuration.Values;

/// <summary>Numbers of bytes as text: <c>65536</c>, <c>64KiB</c>.</summary>
static class SizeText
{
    static readonly (string Unit, long Bytes)[] Units =
    [
        ("", 1), ("b", 1), ("kb", 1000), ("mb", 1_000_000), ("gb", 1_000_000_000),
        ("k", 1024), ("kib", 1024), ("m", 1024 * 1024), ("mib", 1024 * 1024), ("g", 1024 * 1024 * 1024), ("gib", 1024 * 1024 * 1024),
    ];

    /// <summary>Reads a size.</summary>
    public static bool TryParse(string text, out int bytes)
    {
        bytes = 0;
        var unit = text.TrimStart("+-.0123456789".ToCharArray());
        var known = Array.Find(Units, known => string.Equals(known.Unit, unit.Trim(), StringComparison.OrdinalIgnoreCase));
        if (known.Unit is null
            || !double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || Math.Abs(number * known.Bytes) > int.MaxValue)
        {
            return false;
        }

        bytes = (int)(number * known.Bytes);
        return true;
    }
}
