using System.Text.RegularExpressions;

namespace ActorPool.Tests.TestKit;

/// <summary>What the README of the TestKit names exists. (What it shows: <see cref="ReadmeCodeTests"/>.)</summary>
public sealed partial class TestKitReadmeTests
{
    static readonly string Readme = Repository.Read("src/ActorPool.TestKit/README.md");

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

    [GeneratedRegex(@"^\| (?<first>[^|]+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\b[A-Z]\w*", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Name();
}
