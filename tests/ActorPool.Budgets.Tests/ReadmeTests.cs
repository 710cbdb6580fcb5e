using System.Text.RegularExpressions;
using ActorPool.Budgets.Tests.Configuration;
using ActorPool.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Budgets.Tests;

/// <summary>What the README and the page of promises say is so: the configuration is read, the code compiled, the numbers are those of the options.</summary>
public sealed partial class ReadmeTests
{
    static readonly string Readme = Repository.Read("src/ActorPool.Budgets/README.md");
    static readonly string Promises = Repository.Read("src/ActorPool.Budgets/PROMISES.md");

    [Fact]
    public void Every_block_of_code_is_compiled()
    {
        var source = Repository.Read("tests/ActorPool.Budgets.Tests/ReadmeSamples.cs");
        var blocks = Blocks("csharp");

        Assert.Equal(4, blocks.Count);
        Assert.All(blocks, block => Assert.Contains(
            string.Join('\n', block.TrimEnd('\n').Split('\n').Select(static line => line == "" ? "" : "        " + line)) + "\n", source, StringComparison.Ordinal));
    }

    [Fact]
    public void Its_configuration_has_no_problem_and_its_pools_have_their_budget()
    {
        var section = new ConfigurationBuilder().AddHoconString(Assert.Single(Blocks("hocon"))).Build().GetSection("actorpool");

        Assert.DoesNotContain(ConfiguredBudgets.Lines(section), static line => line.Contains("budget", StringComparison.Ordinal));
        Assert.Equal(180, ConfiguredBudgets.Read(section, "orders").Entry.Options.Connections);
        Assert.Empty(ConfiguredBudgets.Problems("pools { x { tcp { host = a, port = 7 }, " + ShortForm().Match(Readme).Groups["short"].Value + " } }"));
    }

    [Fact]
    public async Task What_it_adds_in_code_is_there()
    {
        var services = new ServiceCollection().AddLogging();
        ReadmeSamples.Shown.InCode(services, "Host=127.0.0.1;Port=1");
        await using var provider = services.BuildServiceProvider();

        Assert.Equal("shop", provider.GetRequiredKeyedService<ClusterBudget>("shop").Name);
        Assert.Equal(0, provider.GetRequiredKeyedService<PooledDbDataSource>("orders").Pool.Snapshot().Granted);
    }

    [Fact]
    public void The_promises_name_the_defaults_that_the_options_have()
    {
        var options = new ClusterBudgetOptions();

        Assert.Contains($"`lifetime` {options.Lifetime.TotalSeconds} s, `margin` {options.Margin.TotalSeconds} s, `closing-time` {options.ClosingTime.TotalSeconds} s, a renewal every 3.3 s", Promises, StringComparison.Ordinal);
        Assert.Contains($"`freeze-quarantine` {options.FreezeQuarantine.TotalSeconds} s", Promises, StringComparison.Ordinal);
        Assert.Null(options.RenewInterval);
        Assert.Contains($"`settle-time` (0.5 s)", Promises, StringComparison.Ordinal);
        Assert.Equal(0.5, options.SettleTime.TotalSeconds);
        Assert.Contains($"`poll-interval` ({options.PollInterval.TotalMilliseconds} ms)", Promises, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_links_lead_somewhere()
    {
        var headings = Heading().Matches(Promises).Select(static match => NoLetter().Replace(match.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-')).ToList();

        Assert.Contains("(PROMISES.md)", Readme, StringComparison.Ordinal);
        Assert.All(Anchor().Matches(Promises), anchor => Assert.Contains(anchor.Groups["name"].Value, headings));
    }

    static List<string> Blocks(string language) =>
        [.. Block().Matches(Readme).Where(match => match.Groups["language"].Value == language).Select(static match => match.Groups["code"].Value)];

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Block();

    [GeneratedRegex(@"`(?<short>budget \{[^`]+\})`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex ShortForm();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\(#(?<name>[^)]+)\)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Anchor();

    [GeneratedRegex(@"[^\w -]", RegexOptions.None, 10_000)]
    private static partial Regex NoLetter();
}
