using System.Text.RegularExpressions;

namespace ActorPool.Redis.Tests;

/// <summary>What the README says is so: its code is compiled, its options exist.</summary>
public sealed partial class RedisReadmeTests
{
    static readonly string Readme = Read("src/ActorPool.Redis/README.md");

    [Fact]
    public void Every_block_of_code_is_in_the_samples()
    {
        var samples = Read("tests/ActorPool.Redis.Tests/ReadmeSamples.cs");
        var blocks = Block().Matches(Readme).Select(match => match.Groups["code"].Value).ToList();

        Assert.True(blocks.Count >= 6, "the README shows hardly any code: does this test still find it?");
        Assert.All(blocks, block => Assert.Contains(
            string.Concat(block.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "\n" : $"        {line}\n")), samples, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_option_of_urls_is_in_its_table_and_no_other()
    {
        var error = Assert.Throws<ArgumentException>(() => RedisPoolOptions.FromUrl("redis://host?none=1")).Message;
        var known = error[(error.IndexOf("known are ", StringComparison.Ordinal) + 10)..].Split('.')[0].Split(" (")[0].Split(", ");
        var told = Row().Matches(Readme).SelectMany(row => Code().Matches(row.Groups["first"].Value)).Select(code => code.Groups["code"].Value);

        Assert.Equal(known.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    static string Read(string path) => File.ReadAllText(SourceFiles.PathOf(path)).Replace("\r\n", "\n", StringComparison.Ordinal);

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\| (?<first>`[^|]+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Code();
}
