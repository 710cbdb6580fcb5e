using System.Text.RegularExpressions;

namespace ActorPool.Tests;

/// <summary>What a README, or a page beside it, shows is compiled and run: it is taken from a sample or a test.</summary>
public sealed partial class ReadmeCodeTests
{
    [Theory]
    [InlineData("src/ActorPool.TestKit/README.md", "samples/TestingYourService", 6)]
    [InlineData("samples/YourConnector/README.md", "samples/YourConnector", 2)]
    [InlineData("src/ActorPool.AkkaNet/README.md", "tests/ActorPool.AkkaNet.Tests", 4)]
    [InlineData("src/ActorPool.AkkaNet/BUDGET.md", "tests/ActorPool.AkkaNet.Tests", 1)]
    [InlineData("src/ActorPool.AkkaNet/CLUSTER.md", "tests/ActorPool.AkkaNet.Tests", 3)]
    [InlineData("src/ActorPool.Hosting/README.md", "tests/ActorPool.Hosting.Tests", 5)]
    public void Every_block_of_code_is_compiled(string page, string compiled, int blocksMin)
    {
        var sources = Repository.Sources(compiled).Select(Repository.Read).ToList();
        var blocks = Block().Matches(Repository.Read(page)).Select(match => match.Groups["code"].Value).ToList();

        Assert.True(blocks.Count >= blocksMin, $"{page} shows hardly any code: does this test still find it?");
        Assert.All(blocks, block => Assert.Contains(sources, source =>
            Enumerable.Range(0, 4).Any(depth => source.Contains(Indent(block, 4 * depth), StringComparison.Ordinal))));
    }

    static string Indent(string block, int spaces) => string.Join('\n', block.TrimEnd('\n').Split('\n')
        .Select(line => line == "" ? "" : new string(' ', spaces) + line)) + "\n";

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Block();
}
