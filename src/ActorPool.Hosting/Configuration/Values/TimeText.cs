using System.Globalization;
using ActorPool.Hocon;

namespace ActorPool.Hosting.Configuration.Values;

/// <summary>Times as text: <c>15s</c> and <c>infinite</c> as HOCON writes them, <c>00:00:15</c> as .NET does.</summary>
static class TimeText
{
    static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("us", TimeSpan.TicksPerMicrosecond),
        ("ns", 1),
    ];

    /// <summary>
    /// Reads a time. It needs a unit, unless it is zero: HOCON takes a bare number for milliseconds, .NET for days, and whoever
    /// wrote it may have meant seconds.
    /// </summary>
    public static bool TryParse(string text, out TimeSpan time)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out time)
                && (time >= TimeSpan.Zero || time == Timeout.InfiniteTimeSpan);
        }

        if (string.Equals(text, "infinite", StringComparison.OrdinalIgnoreCase))
        {
            time = Timeout.InfiniteTimeSpan;
            return true;
        }

        return HoconUnits.TryParseDuration(text, out time)
            && !text.StartsWith('-')
            && (char.IsAsciiLetter(text[^1]) || time == TimeSpan.Zero);
    }

    /// <summary>Writes a time in its largest unit: <c>1d</c>, <c>15s</c>, <c>1500ms</c>.</summary>
    public static string Of(TimeSpan time)
    {
        if (time == Timeout.InfiniteTimeSpan)
        {
            return "infinite";
        }

        if (time == TimeSpan.Zero)
        {
            return "0s";
        }

        var (unit, ticks) = Array.Find(Units, unit => time.Ticks % unit.Ticks == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{time.Ticks / ticks * (unit == "ns" ? TimeSpan.NanosecondsPerTick : 1)}{unit}");
    }
}
