using System.Text.RegularExpressions;
using ActorPool.Budgets.Configuration;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Configuration.Tables;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Budgets.Tests.Configuration;

/// <summary>hocon/reference.conf documents every option of budgets and of their engines, no other, with its default.</summary>
public sealed partial class ReferenceConfTests
{
    [Fact]
    public void Every_option_of_a_budget_and_its_engines_is_documented_and_no_other()
    {
        string[] expected =
        [
            .. BudgetEntryTable.Table.Keys.Select(static key => $"budget.{key}"),
            .. PostgresPart.Options.Keys.Select(static key => $"budget.postgres.{key}"),
            .. EtcdPart.Options.Keys.Select(static key => $"budget.etcd.{key}"),
        ];

        Assert.Equal(expected.Order(), WrittenKeys().Where(static key => key.StartsWith("budget.", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void What_it_says_is_the_default_of_everything()
    {
        var section = new ConfigurationBuilder()
            .AddHoconString(Repository.Read("hocon/reference.conf") + "\nactorpool.budgets { shop { connections = 1, engine = postgres, postgres { connection-string = \"Host=db\" } } }")
            .Build().GetSection("actorpool");

        Assert.Empty(ConfiguredBudgets.Lines(section));
        Same(new ClusterBudgetOptions { Name = "shop", Connections = 1 }, ConfiguredBudgets.Read(section, "shop").Entry.Options);
        var postgres = new PostgresGrantStoreOptions { Table = "x", CreateTable = false, Listen = false, ApplicationName = "x" };
        PostgresPart.Options.Read(section.GetSection("budget:postgres"), postgres, new OptionReading(new ConfigurationProblems(section)));
        Same(new PostgresGrantStoreOptions(), postgres);
        var etcd = new EtcdGrantStoreOptions { Endpoints = ["http://x:1"], KeyPrefix = "/x", UserName = "x", Password = "x", ConnectTimeout = TimeSpan.FromMinutes(1) };
        EtcdPart.Options.Read(section.GetSection("budget:etcd"), etcd, new OptionReading(new ConfigurationProblems(section)));
        Same(new EtcdGrantStoreOptions { Tls = etcd.Tls, Endpoints = etcd.Endpoints }, etcd);
        Assert.Empty(etcd.Endpoints);
    }

    [Fact]
    public void Every_property_is_in_its_table()
    {
        Compare(BudgetOptionTable.Table);
        Compare(PostgresPart.Options);
        Compare(EtcdPart.Options);
    }

    static void Compare<TOptions>(OptionTable<TOptions> table) => Assert.Equal(
        typeof(TOptions).GetProperties().Select(static property => property.Name).Order(), table.Options.Select(static option => option.Property).Order());

    static void Same<TOptions>(TOptions expected, TOptions actual)
    {
        foreach (var property in typeof(TOptions).GetProperties())
        {
            Assert.Equal((property.Name, property.GetValue(expected)), (property.Name, property.GetValue(actual)));
        }
    }

    static List<string> WrittenKeys()
    {
        var (keys, sections) = (new List<string>(), new Stack<string>());
        foreach (var line in Repository.Read("hocon/reference.conf").Split('\n').Select(static line => line.Trim()))
        {
            if (SectionLine().Match(line) is { Success: true } section)
            {
                sections.Push(section.Groups["key"].Value);
            }
            else if (KeyLine().Match(line) is { Success: true } key)
            {
                keys.Add(string.Join('.', sections.Reverse().Skip(1).Append(key.Groups["key"].Value)));
            }
            else if (line == "}")
            {
                sections.Pop();
            }
        }

        return keys;
    }

    [GeneratedRegex(@"^(?<key>[a-z0-9-]+) \{$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex SectionLine();

    [GeneratedRegex(@"^(?<key>[a-z0-9-]+) = ", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex KeyLine();
}
