using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit.Abstractions;

namespace ActorPool.Hocon.Tests.Limits;

/// <summary>
/// Reading takes time in proportion to the text: eight times the text, not sixty-four times the time. The margin is wide, since
/// other tests run beside these.
/// </summary>
public sealed class LinearTests(ITestOutputHelper output)
{
    public static TheoryData<string> Kinds => [.. Texts.Keys];

    static readonly Dictionary<string, Func<int, string>> Texts = new(StringComparer.Ordinal)
    {
        ["fields"] = count => Lines(count, number => $"key-{number} = some text {number} # and a comment"),
        ["paths"] = count => Lines(count, number => $"a.b{number % 100}.c.d{number} = {number}"),
        ["one object, again and again"] = count => Lines(count, number => $"a {{ b {{ k{number} = {number} }} }}"),
        ["one key, again and again"] = count => Lines(count, number => $"a = {number}"),
        ["one array"] = count => $"a = [{Lines(count, number => $"{{x = {number}, y = [1, 2]}}")}]",
        ["appending"] = count => Lines(count, number => $"a += {number}"),
        ["appending by hand"] = count => Lines(count, number => $"a.b = ${{?a.b}} [{number}]"),
        ["substitutions"] = count => "base { x = 1, y = 2 }\n" + Lines(count, number => $"a{number} = ${{base}} {{ x = ${{base.y}} }}"),
        ["substitutions of the line before"] = count => "a0 = 0\n" + Lines(count, number => $"a{number + 1} = ${{a{number - (number % 100)}}}"),
        ["joined text"] = count => Lines(count, number => $"a{number} = x ${{?no}} y \"z\" ${{a{number / 2}x}}").Replace("${a", "${?a", StringComparison.Ordinal),
        ["quotes"] = count => Lines(count, number => $"\"key {number}\" = \"text \\n \\u0041 {number}\", b{number} = \"\"\"a\"b\"\"\""),
        ["one text in quotes"] = count => $"a = \"{Lines(count, _ => "text\\n").Replace("\n", "", StringComparison.Ordinal)}\"",
        ["one text without quotes"] = count => $"a = {Lines(count, _ => "text 1 ").Replace("\n", "", StringComparison.Ordinal)}",
        ["one key"] = count => $"{Lines(count, _ => "text 1 ").Replace("\n", "", StringComparison.Ordinal)} = 1",
        ["blank"] = count => Lines(count, _ => "  \t # comment") + "a = 1",
        ["open quotes in comments"] = count => Lines(count, _ => "a = 1 // \"\"\" ${"),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Time_grows_with_the_text(string kind)
    {
        var make = Texts[kind];
        var (small, large) = (make(1_000), make(8_000));
        Measure(small);

        // The fastest of several: whoever takes the processor away does not do so every time.
        var (smallTime, largeTime) = (Fastest(small), Fastest(large));
        var ratio = largeTime / Math.Max(smallTime, 0.1);

        output.WriteLine($"{kind}: {largeTime:f1} ms, {ratio:f1} times the time for 8 times the text");
        Assert.True(ratio < 32, $"{kind}: {ratio:f1} times the time for 8 times the text");
    }

    [Fact]
    public void A_megabyte_is_read_in_well_under_a_second()
    {
        var text = Lines(24_000, number => $"pools.p{number % 500}.key-{number} = some text {number} # comment");
        Assert.InRange(text.Length, 1_000_000, 2_000_000);
        Measure(text);

        var best = Enumerable.Range(0, 5).Min(_ => Measure(text));

        output.WriteLine($"{text.Length:N0} characters in {best:f0} ms");
        Assert.True(best < 1_000, $"{text.Length:N0} characters took {best:f0} ms");
    }

    static double Fastest(string text) => Enumerable.Range(0, 6).Min(_ => Measure(text));

    /// <summary>Milliseconds without the collector's, whose work grows with all that lives, other tests' included.</summary>
    static double Measure(string text)
    {
        var (started, paused) = (Stopwatch.GetTimestamp(), GC.GetTotalPauseDuration());
        Assert.NotEqual(0, HoconParser.Parse(text, Hocon.NoEnvironment).Size);
        return (Stopwatch.GetElapsedTime(started) - (GC.GetTotalPauseDuration() - paused)).TotalMilliseconds;
    }

    static string Lines(int count, Func<int, string> line)
    {
        var text = new StringBuilder();
        for (var number = 0; number < count; number++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{line(number)}\n");
        }

        return text.ToString();
    }
}
