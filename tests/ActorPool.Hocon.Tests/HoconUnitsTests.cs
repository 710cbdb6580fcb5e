using System.Globalization;

namespace ActorPool.Hocon.Tests;

public sealed class HoconUnitsTests
{
    [Theory]
    [InlineData("10ms", 100_000)]
    [InlineData("10 ms", 100_000)]
    [InlineData("  10 \t milliseconds  ", 100_000)]
    [InlineData("10", 100_000)]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("1.5", 15_000)]
    [InlineData("300ns", 3)]
    [InlineData("1 nanosecond", 1)]
    [InlineData("-1ns", -1)]
    [InlineData("7us", 70)]
    [InlineData("7 micros", 70)]
    [InlineData("5s", 50_000_000)]
    [InlineData("0.5 seconds", 5_000_000)]
    [InlineData("1e3 s", 10_000_000_000)]
    [InlineData("2m", 1_200_000_000)]
    [InlineData("1h", 36_000_000_000)]
    [InlineData("2 days", 1_728_000_000_000)]
    [InlineData("-5s", -50_000_000)]
    [InlineData("10675199 days", 10675199 * TimeSpan.TicksPerDay)]
    public void A_duration_is_a_number_and_a_unit(string text, long ticks)
    {
        Assert.True(HoconUnits.TryParseDuration(text, out var duration), text);
        Assert.Equal(ticks, duration.Ticks);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("s")]
    [InlineData("five s")]
    [InlineData("5 S")]
    [InlineData("5 sec")]
    [InlineData("5 weeks")]
    [InlineData("5 s s")]
    [InlineData("5,0 s")]
    [InlineData("1e400 s")]
    [InlineData("10675200 days")]
    [InlineData("5 infinite")]
    [InlineData("Infinite")]
    [InlineData("0x10 s")]
    [InlineData("NaN s")]
    public void What_is_no_duration_is_refused(string? text)
    {
        Assert.False(HoconUnits.TryParseDuration(text, out var duration));
        Assert.Equal(TimeSpan.Zero, duration);
    }

    [Theory]
    [InlineData("infinite")]
    [InlineData(" infinity ")]
    public void Infinite_is_the_timeout_that_never_comes(string text)
    {
        Assert.True(HoconUnits.TryParseDuration(text, out var duration));
        Assert.Equal(Timeout.InfiniteTimeSpan, duration);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("512", 512)]
    [InlineData("512 B", 512)]
    [InlineData("1 byte", 1)]
    [InlineData("512K", 512 * 1024)]
    [InlineData("512k", 512 * 1024)]
    [InlineData("512 kB", 512_000)]
    [InlineData("1.5 MiB", 3 << 19)]
    [InlineData("0.1 kilobytes", 100)]
    [InlineData("3.7", 3)]
    [InlineData("2 GB", 2_000_000_000)]
    [InlineData("2G", 2L << 30)]
    [InlineData("1E", 1L << 60)]
    [InlineData("1e3", 1000)]
    [InlineData("1e3k", 1_024_000)]
    [InlineData("8 exabytes", 8_000_000_000_000_000_000)]
    [InlineData("0.001 ZB", 1_000_000_000_000_000_000)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void A_size_is_a_number_and_a_unit(string text, long expected)
    {
        Assert.True(HoconUnits.TryParseSize(text, out var bytes), text);
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("-1")]
    [InlineData("1 KB")]
    [InlineData("1 mb")]
    [InlineData("1 Kb")]
    [InlineData("8E")]
    [InlineData("1 YiB")]
    [InlineData("9223372036854775808")]
    [InlineData("1,024")]
    public void What_is_no_size_is_refused(string? text)
    {
        Assert.False(HoconUnits.TryParseSize(text, out var bytes));
        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Units_do_not_care_about_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
        CultureInfo.CurrentCulture = german;
        try
        {
            Assert.True(HoconUnits.TryParseDuration("1.5s", out var duration));
            Assert.Equal(1500, duration.TotalMilliseconds);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
