using ActorPool.Budgets.Node;
using ActorPool.Budgets.Options;
using ActorPool.TestKit;

namespace ActorPool.Budgets.Tests.Options;

/// <summary>What the options of a budget may say, and what becomes of what they do not say.</summary>
public class BudgetOptionsTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_name_and_a_number_of_connections_are_enough()
    {
        var settings = From(new ClusterBudgetOptions { Name = "orders", Connections = 200, NodeName = "web-1" });

        Assert.Equal(Second * 10, settings.Lifetime);
        Assert.Equal(Second * 10 / 3, settings.RenewInterval);
        Assert.Equal(settings.RenewInterval, settings.RequestTimeout);
        Assert.Equal(200, settings.Shareable);
        Assert.Equal("orders", settings.Budget);
        Assert.Equal("web-1", settings.NodeName);
        Assert.Matches("^node/web-1-[0-9a-f]{8}$", settings.Key);
        Assert.Equal($"orders/web-1/{settings.Key[^8..]}", settings.ClientName);
    }

    [Fact]
    public void The_longest_names_fit_into_PostgreSQLs_application_name()
    {
        var settings = From(new ClusterBudgetOptions { Name = new string('b', 24), Connections = 1, NodeName = new string('n', 24) });

        Assert.Equal(58, settings.ClientName.Length);
    }

    [Fact]
    public void A_numbered_node_has_the_key_of_its_number_and_a_client_name_of_its_own()
    {
        var first = From(Numbered(7));
        var second = AgentSettings.From(Numbered(7), new SeededRandom(2), hasFence: false);

        Assert.Equal("node/00007", first.Key);
        Assert.Equal("node/00007", second.Key);
        Assert.NotEqual(first.ClientName, second.ClientName);
    }

    [Fact]
    public void What_is_set_aside_for_floors_and_the_engine_is_not_shared_out()
    {
        var options = Numbered(7);
        options.OfflineFloor = 2;
        options.EngineConnections = 1;

        Assert.Equal(200 - (3 * 10), From(options).Shareable);
    }

    [Theory]
    [InlineData("web-1", "web-1")]
    [InlineData("orders-api-7d9c5b8f6d-x2x4k", "ers-api-7d9c5b8f6d-x2x4k")]
    [InlineData("rechner von jürgen", "rechner-von-j-rgen")]
    [InlineData("a-----------------------b-", "b-")]
    [InlineData("", "node")]
    public void A_machines_name_becomes_a_nodes_name(string machine, string node)
    {
        Assert.Equal(node, NodeIdentity.FromMachine(machine));
        Assert.True(BudgetOptionsValidator.IsName(NodeIdentity.FromMachine(machine)));
    }

    [Fact]
    public void All_problems_are_told_at_once_one_on_each_line_by_the_names_of_their_options()
    {
        var error = Assert.Throws<ArgumentException>(() => From(new ClusterBudgetOptions
        {
            Name = "or ders\n",
            NodeName = "",
            NodeNumber = -1,
            OfflineFloor = 3,
            EngineConnections = 1,
            Margin = TimeSpan.FromMilliseconds(99),
            ClosingTime = Second * 4,
            RenewInterval = Second * 6,
            PollInterval = TimeSpan.Zero,
            OnDeadline = (OnDeadline)9,
        }));

        Assert.Equal(
            [
                "The options of budget 'or ders?' cannot be used:",
                "  Name is 'or ders?', must be 1 to 24 letters (a to z), digits and . _ -",
                "  NodeName is '', must be 1 to 24 letters (a to z), digits and . _ -",
                "  Connections is 0, must be 1 to 1000000",
                "  OnDeadline is 9, must be CloseLeased or KeepLeased",
                "  NodeNumber is -1, must be 0 or more",
                "  NodeNumber is -1 but MaxNodes is not given: it is a number among so many",
                "  OfflineFloor is 3 but MaxNodes and NodeNumber are not both given: a node that nobody can reach keeps its floor only if it is certain how many do",
                "  EngineConnections is 1 but MaxNodes is not given: so many are set aside for every node",
                "  Margin is 00:00:00.0990000, must be a hundredth of Lifetime to 1 day (00:00:00.1000000 to 1.00:00:00)",
                "  ClosingTime is 00:00:04, must be 10 ms to a third of Lifetime (00:00:00.0100000 to 00:00:03.3330000)",
                "  RenewInterval is 00:00:06, must be 50 ms to half of Lifetime (00:00:00.0500000 to 00:00:05)",
                "  PollInterval is 00:00:00, must be 10 ms to RenewInterval (00:00:00.0100000 to 00:00:06) (Parameter 'options')",
            ],
            error.Message.Split(Environment.NewLine));
    }

    public static TheoryData<string, Action<ClusterBudgetOptions>> Wrong => new()
    {
        { "Name is", static options => options.Name = new string('x', 25) },
        { "Name is", static options => options.Name = "bestellungen/eu" },
        { "NodeName is", static options => options.NodeName = "nöde" },
        { "Connections is 1000001", static options => options.Connections = 1_000_001 },
        { "MaxNodes is 0", static options => options.MaxNodes = 0 },
        { "MaxNodes is 100001", static options => options.MaxNodes = 100_001 },
        { "NodeNumber (10) is not below MaxNodes (10)", static options => (options.MaxNodes, options.NodeNumber) = (10, 10) },
        { "OfflineFloor is -1", static options => options.OfflineFloor = -1 },
        { "OfflineFloor is 2 but", static options => (options.MaxNodes, options.OfflineFloor) = (10, 2) },
        { "Connections (200) leaves nothing to share out", static options => (options.MaxNodes, options.NodeNumber, options.OfflineFloor) = (100, 0, 2) },
        {
            "Connections (200) leaves nothing to share out: OfflineFloor (1) and EngineConnections (1) of MaxNodes (100) take 200",
            static options => (options.MaxNodes, options.NodeNumber, options.OfflineFloor, options.EngineConnections) = (100, 0, 1, 1)
        },
        { "EngineConnections is -1", static options => options.EngineConnections = -1 },
        { "Lifetime is 00:00:00.9000000", static options => options.Lifetime = TimeSpan.FromSeconds(0.9) },
        { "Lifetime is 01:00:01", static options => options.Lifetime = TimeSpan.FromSeconds(3601) },
        { "Margin is", static options => options.Margin = TimeSpan.MaxValue },
        { "ClosingTime is 00:00:00.0090000", static options => options.ClosingTime = TimeSpan.FromMilliseconds(9) },
        { "ClosingTime is 00:00:01, must be 10 ms to a third", static options => options.Lifetime = TimeSpan.FromSeconds(2) },
        { "RenewInterval is 00:00:00.0490000", static options => (options.RenewInterval, options.PollInterval) = (TimeSpan.FromMilliseconds(49), TimeSpan.FromMilliseconds(20)) },
        { "RequestTimeout is -00:00:00.0010000", static options => options.RequestTimeout = Timeout.InfiniteTimeSpan },
        { "RequestTimeout is 00:00:11", static options => options.RequestTimeout = TimeSpan.FromSeconds(11) },
        {
            "RenewInterval (00:00:05), RequestTimeout (00:00:05) and ClosingTime (00:00:01) together are not below Lifetime (00:00:10)",
            static options => options.RenewInterval = TimeSpan.FromSeconds(5)
        },
        { "PollInterval is 00:00:04", static options => options.PollInterval = TimeSpan.FromSeconds(4) },
        { "SettleTime is", static options => options.SettleTime = TimeSpan.FromSeconds(-1) },
        { "FreezeQuarantine is", static options => options.FreezeQuarantine = TimeSpan.FromDays(2) },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void What_is_out_of_range_is_refused_alone_and_by_name(string expected, Action<ClusterBudgetOptions> set)
    {
        var options = new ClusterBudgetOptions { Name = "orders", Connections = 200 };
        set(options);

        var problem = Assert.Single(BudgetOptionsValidator.FindProblems(options));

        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_least_and_the_most_are_allowed()
    {
        var least = new ClusterBudgetOptions
        {
            Name = "a",
            Connections = 2,
            MaxNodes = 1,
            NodeNumber = 0,
            OfflineFloor = 1,
            Lifetime = Second,
            Margin = Second / 100,
            ClosingTime = Second / 3,
            RenewInterval = Second / 20,
            PollInterval = Second / 100,
            SettleTime = TimeSpan.Zero,
            FreezeQuarantine = TimeSpan.Zero,
        };
        var most = new ClusterBudgetOptions
        {
            Name = "Az09._-",
            Connections = 1_000_000,
            MaxNodes = 100_000,
            NodeNumber = 99_999,
            OfflineFloor = 9,
            Lifetime = TimeSpan.FromHours(1),
            Margin = TimeSpan.FromDays(1),
            FreezeQuarantine = TimeSpan.FromDays(1),
            SettleTime = TimeSpan.FromHours(1),
        };

        Assert.Empty(BudgetOptionsValidator.FindProblems(least));
        Assert.Empty(BudgetOptionsValidator.FindProblems(most));
        Assert.Equal("node/99999", From(most).Key);
        Assert.Equal(100_000, From(most).Shareable);
    }

    static ClusterBudgetOptions Numbered(int number) => new() { Name = "orders", Connections = 200, NodeName = "web-1", MaxNodes = 10, NodeNumber = number };

    static AgentSettings From(ClusterBudgetOptions options) => AgentSettings.From(options, new SeededRandom(1), hasFence: true);
}
