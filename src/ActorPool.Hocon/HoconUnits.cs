using System.Globalization;

namespace ActorPool.Hocon;

/// <summary>
/// Durations and sizes as HOCON writes them: a number and a unit, with or without space between (the sections <i>Duration
/// format</i> and <i>Size in bytes format</i> of the specification).
/// </summary>
public static class HoconUnits
{
    const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>
    /// Reads a duration: <c>100ms</c>, <c>5 s</c>, <c>1.5 hours</c>. The units are <c>ns</c>, <c>us</c>, <c>ms</c>, <c>s</c>,
    /// <c>m</c>, <c>h</c>, <c>d</c> and their long names, in lower case; without a unit it is milliseconds.
    /// </summary>
    /// <param name="text">The text; null is no duration.</param>
    /// <param name="duration">
    /// The duration, which may be negative, rounded to the 100 ns of a <see cref="TimeSpan"/>, but never to zero;
    /// <see cref="Timeout.InfiniteTimeSpan"/> for <c>infinite</c> and <c>infinity</c>; zero if this returns false.
    /// </param>
    /// <returns>False if the text is no duration, has an unknown unit, or is too long for a <see cref="TimeSpan"/>.</returns>
    public static bool TryParseDuration(string? text, out TimeSpan duration)
    {
        duration = default;
        Split(text, out var number, out var unit);
        if (number.IsEmpty && unit is "infinite" or "infinity")
        {
            duration = Timeout.InfiniteTimeSpan;
            return true;
        }

        var ticksPerUnit = TicksPer(unit);
        if (ticksPerUnit == 0
            || !decimal.TryParse(number, Number, CultureInfo.InvariantCulture, out var amount)
            || Math.Abs(amount) > long.MaxValue / ticksPerUnit)
        {
            return false;
        }

        var ticks = decimal.Round(amount * ticksPerUnit, MidpointRounding.AwayFromZero);
        duration = TimeSpan.FromTicks(ticks == 0 ? Math.Sign(amount) : (long)ticks);
        return true;
    }

    /// <summary>
    /// Reads a size: <c>512</c>, <c>64 KiB</c>, <c>1.5 megabytes</c>. Powers of two are <c>K</c>, <c>Ki</c>, <c>KiB</c>,
    /// <c>kibibytes</c> and so on to <c>Y</c>, powers of ten <c>kB</c>, <c>kilobytes</c> and so on; without a unit it is bytes.
    /// </summary>
    /// <param name="text">The text; null is no size.</param>
    /// <param name="bytes">The bytes, a fraction of one cut off; zero if this returns false.</param>
    /// <returns>False if the text is no size, is negative, has an unknown unit, or is above <see cref="long.MaxValue"/>.</returns>
    public static bool TryParseSize(string? text, out long bytes)
    {
        bytes = 0;
        Split(text, out var number, out var unit);
        if (!TryFindSizeUnit(unit, out var factor, out var power)
            || !decimal.TryParse(number, Number, CultureInfo.InvariantCulture, out var amount)
            || amount < 0)
        {
            return false;
        }

        for (; power > 0 && amount <= long.MaxValue; power--)
        {
            amount *= factor;
        }

        if (amount > long.MaxValue)
        {
            return false;
        }

        bytes = (long)amount;
        return true;
    }

    /// <summary>Cuts a text into a number and the letters after it.</summary>
    internal static void Split(string? text, out ReadOnlySpan<char> number, out ReadOnlySpan<char> unit)
    {
        var trimmed = text.AsSpan().Trim();
        var end = trimmed.Length;
        while (end > 0 && char.IsLetter(trimmed[end - 1]))
        {
            end--;
        }

        number = trimmed[..end].TrimEnd();
        unit = trimmed[end..];
    }

    // A nanosecond is less than a tick: 10 to the tick, so a tick per unit would be a fraction.
    static decimal TicksPer(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 1m / TimeSpan.NanosecondsPerTick,
        "us" or "micro" or "micros" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
        "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
        "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
        "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
        "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
        "d" or "day" or "days" => TimeSpan.TicksPerDay,
        _ => 0,
    };

    static bool TryFindSizeUnit(ReadOnlySpan<char> unit, out int factor, out int power)
    {
        (factor, power) = unit switch
        {
            "" or "B" or "b" or "byte" or "bytes" => (1, 0),
            "kB" or "kilobyte" or "kilobytes" => (1000, 1),
            "MB" or "megabyte" or "megabytes" => (1000, 2),
            "GB" or "gigabyte" or "gigabytes" => (1000, 3),
            "TB" or "terabyte" or "terabytes" => (1000, 4),
            "PB" or "petabyte" or "petabytes" => (1000, 5),
            "EB" or "exabyte" or "exabytes" => (1000, 6),
            "ZB" or "zettabyte" or "zettabytes" => (1000, 7),
            "YB" or "yottabyte" or "yottabytes" => (1000, 8),
            "K" or "k" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => (1024, 1),
            "M" or "m" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => (1024, 2),
            "G" or "g" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => (1024, 3),
            "T" or "t" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => (1024, 4),
            "P" or "p" or "Pi" or "PiB" or "pebibyte" or "pebibytes" => (1024, 5),
            "E" or "e" or "Ei" or "EiB" or "exbibyte" or "exbibytes" => (1024, 6),
            "Z" or "z" or "Zi" or "ZiB" or "zebibyte" or "zebibytes" => (1024, 7),
            "Y" or "y" or "Yi" or "YiB" or "yobibyte" or "yobibytes" => (1024, 8),
            _ => (0, 0),
        };
        return factor != 0;
    }
}
