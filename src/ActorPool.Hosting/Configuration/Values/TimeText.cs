using System.Globalization;

namespace ActorPool.Hosting.Configuration.Values;

/// <summary>Times as text: <c>15s</c>, <c>infinite</c>, <c>00:00:15</c>.</summary>
static class TimeText
{
    // The longest first, so that no unit is taken for the end of another.
    static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("us", TimeSpan.TicksPerMicrosecond),
    ];

    /// <summary>Reads a time.</summary>
    public static bool TryParse(string text, out TimeSpan time)
    {
        if (string.Equals(text, "infinite", StringComparison.OrdinalIgnoreCase))
        {
            time = Timeout.InfiniteTimeSpan;
            return true;
        }

        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out time)
                && (time >= TimeSpan.Zero || time == Timeout.InfiniteTimeSpan);
        }

        if (text == "0")
        {
            time = TimeSpan.Zero;
            return true;
        }

        var unit = text.TrimStart("+-.0123456789".ToCharArray());
        var known = Array.Find(Units, known => known.Unit == unit.Trim());
        time = default;
        if (known.Unit is null
            || !double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number * known.Ticks > TimeSpan.MaxValue.Ticks / 2)
        {
            return false;
        }

        time = TimeSpan.FromTicks((long)Math.Round(number * known.Ticks));
        return true;
    }

    /// <summary>Writes a time in its largest unit: <c>1d</c>, <c>15s</c>, <c>1500ms</c>.</summary>
    public static string Of(TimeSpan time)
    {
        if (time == Timeout.InfiniteTimeSpan)
        {
            return "infinite";
        }

        var (unit, ticks) = time == TimeSpan.Zero ? Units[3] : Array.Find(Units, unit => time.Ticks % unit.Ticks == 0);
        return unit is null ? time.ToString() : string.Create(CultureInfo.InvariantCulture, $"{time.Ticks / ticks}{unit}");
    }
}
