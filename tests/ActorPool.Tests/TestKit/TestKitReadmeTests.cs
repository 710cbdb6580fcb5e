using System.Text.RegularExpressions;

namespace ActorPool.Tests.TestKit;

/// <summary>What the README of the TestKit shows is compiled and run: it is taken from the sample.</summary>
public sealed partial class TestKitReadmeTests
{
    static readonly string Readme = Repository.Read("src/ActorPool.TestKit/README.md");

    [Fact]
    public void Every_block_of_code_is_in_the_sample()
    {
        var sources = Repository.Sources("samples/TestingYourService").Select(Repository.Read).ToList();
        var blocks = Block().Matches(Readme).Select(match => match.Groups["code"].Value).ToList();

        Assert.True(blocks.Count > 5, "the README shows hardly any code: does this test still find it?");
        Assert.All(blocks, block => Assert.Contains(sources, source =>
            Enumerable.Range(0, 4).Any(depth => source.Contains(Indent(block, 4 * depth), StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_name_in_its_table_of_scripts_exists()
    {
        var members = typeof(ActorPool.TestKit.ScriptedConnector<>).GetMembers()
            .Concat(typeof(ActorPool.TestKit.StepPlan).GetMembers())
            .Concat(typeof(ActorPool.TestKit.StepScript).GetMembers())
            .Select(member => member.Name)
            .ToHashSet(StringComparer.Ordinal);
        var names = Row().Matches(Readme)
            .SelectMany(row => Code().Matches(row.Groups["first"].Value))
            .SelectMany(code => Name().Matches(code.Groups["code"].Value))
            .Select(name => name.Value)
            .Except(["ScriptedConnector", "StepPlan", "T"], StringComparer.Ordinal)
            .ToList();

        Assert.True(names.Count > 15, "the table names hardly anything: does this test still find it?");
        Assert.All(names, name => Assert.Contains(name, members));
    }

    static string Indent(string block, int spaces) => string.Join('\n', block.TrimEnd('\n').Split('\n')
        .Select(line => line == "" ? "" : new string(' ', spaces) + line)) + "\n";

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\| (?<first>[^|]+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\b[A-Z]\w*", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Name();
}
