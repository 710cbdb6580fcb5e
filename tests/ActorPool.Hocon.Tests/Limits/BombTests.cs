using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ActorPool.Hocon.Tests.Limits;

/// <summary>Short texts that would become deep or huge values.</summary>
public sealed class BombTests
{
    [Theory]
    [InlineData("[", "")]
    [InlineData("[", "]")]
    [InlineData("a{", "")]
    [InlineData("a{", "}")]
    [InlineData("a=[{", "}]")]
    [InlineData("a.", "b=1")]
    [InlineData("[[]", "")]
    [InlineData("{a=", "")]
    public void Nesting_is_bounded(string open, string close)
    {
        var text = Repeat(open, 100_000) + Repeat(close, close.EndsWith('1') ? 1 : 100_000);

        Assert.EndsWith("this lies deeper than 500 levels (HoconOptions.MaxDepth)", Hocon.Refused(text).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", "]", "")]
    [InlineData("a{", "}", "")]
    [InlineData("a.", "", "b=1")]
    public void Nesting_as_deep_as_allowed_is_read(string open, string close, string last)
    {
        var levels = last.Length > 0 ? 499 : 500;
        var text = Repeat(open, levels) + last + Repeat(close, levels);

        Assert.NotEmpty(Hocon.Json(text));
        Assert.Equal(open == "[" ? 500 : 501, HoconParser.Parse(text).Size);
    }

    [Fact]
    public void A_limit_beyond_the_stack_is_an_error_and_no_crash()
    {
        var options = new HoconOptions { MaxDepth = int.MaxValue, Environment = _ => null };
        string[] texts =
        [
            Repeat("[", 10_000),
            Repeat("a{", 10_000),
            Repeat("a.", 10_000) + "b=1",
            string.Concat(Enumerable.Range(0, 10_000).Select(n => $"a{n}=${{a{n + 1}}}\n")) + "a10000=1",
        ];
        var errors = new List<HoconException>();

        // a small stack is full sooner; exceptions through a large one take seconds
        var thread = new Thread(() => errors.AddRange(texts.Select(text => Hocon.Refused(text, options))), 512 * 1024);
        thread.Start();
        thread.Join();

        Assert.Equal(texts.Length, errors.Count);
        Assert.All(errors, error => Assert.Contains("the stack of this thread", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_chain_of_substitutions_is_bounded()
    {
        string Chain(int length) => string.Concat(Enumerable.Range(0, length).Select(n => $"a{n} = ${{a{n + 1}}}\n")) + $"a{length} = 1";

        Assert.StartsWith("{\"a0\":1,", Hocon.Json(Chain(499)), StringComparison.Ordinal);
        Assert.EndsWith("substitutions lead on for more than 500 steps (HoconOptions.MaxDepth)", Hocon.Refused(Chain(501)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[${x},${x},${x},${x},${x},${x},${x},${x},${x},${x}]", "[1]")]
    [InlineData("${x}${x}${x}${x}${x}${x}${x}${x}${x}${x}", "[1]")]
    [InlineData("${x}${x}${x}${x}${x}${x}${x}${x}${x}${x}", "lol")]
    [InlineData("{a:${x},b:${x},c:${x},d:${x},e:${x},f:${x},g:${x},h:${x},i:${x},j:${x}}", "{k:1}")]
    [InlineData("${x}{a:${x},b:${x},c:${x},d:${x},e:${x},f:${x},g:${x},h:${x},i:${x},j:${x}}", "{k:1}")]
    public void What_substitutions_copy_is_bounded(string next, string first)
    {
        var text = new StringBuilder($"x0 = {first}\n");
        for (var level = 1; level <= 30; level++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"x{level} = {next.Replace("${x}", $"${{x{level - 1}}}", StringComparison.Ordinal)}");
        }

        var started = Stopwatch.GetTimestamp();
        var error = Hocon.Refused(text.ToString());

        Assert.EndsWith("substitutions copy more than 1,000,000 values (HoconOptions.MaxExpansion)", error.Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), "it took too long to see");
    }

    [Fact]
    public void What_would_unfold_for_ever_ends()
    {
        string[] texts =
        [
            "a = {k: ${a}{k: {k: {}}}}",
            "a = {k: ${?a}{k: {k: {}}}}",
            "a = {k: ${a}{k: ${a}{k: ${a}}}}",
            "a = ${b}{x: ${a}}, b = ${?a}{y: ${b}}",
            "a = [${b}], b = [${a}]",
            "x { " + Repeat("y", 1) + string.Concat(Enumerable.Range(0, 2_000).Select(n => $", k{n} = ${{?x}}")).Replace(", k0", " = 1, k0", StringComparison.Ordinal) + " }",
            string.Concat(Enumerable.Range(0, 30).Select(n => $"a{n} = " + string.Concat(Enumerable.Range(0, 30).Select(m => $"${{?a{m}}}")) + "x\n")),
        ];

        Assert.All(texts, text =>
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                Hocon.Json(text);
            }
            catch (HoconException error)
            {
                Assert.NotEmpty(error.Message);
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), text[..20]);
        });
    }

    [Fact]
    public void What_is_written_out_does_not_count()
    {
        var options = new HoconOptions { MaxExpansion = 0 };
        var text = "[" + Repeat("[1, {a = x y z}]\n", 10_000) + "]";

        Assert.Equal(10_000, HoconParser.Parse(text, options).AsArray().Count);
        Assert.Contains("HoconOptions.MaxExpansion", Hocon.Refused("b = {c = [" + Repeat("1,", 2_000) + "]}, a = ${b}", options).Message, StringComparison.Ordinal);
    }

    static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
