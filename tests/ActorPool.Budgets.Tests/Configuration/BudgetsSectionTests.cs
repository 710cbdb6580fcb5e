using ActorPool.Budgets.Options;
using ActorPool.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Budgets.Tests.Configuration;

/// <summary>What configuration says of budgets: in HOCON, JSON and the environment, named or in a pool's own object.</summary>
public sealed class BudgetsSectionTests
{
    const string Pools = "pools { orders { tcp { host = a, port = 7 }, budget = shop } }";

    [Fact]
    public void A_named_budget_says_everything_that_the_options_have()
    {
        var options = ConfiguredBudgets.Read(
            """
            budgets {
              shop {
                name = "shop.eu", connections = 200, node-name = web-1, node-number = 3, max-nodes = 20, lifetime = 20s, margin = 3s, closing-time = 500ms
                renew-interval = 4s, request-timeout = 2s, poll-interval = 100ms, settle-time = 1s, freeze-quarantine = 5m, on-deadline = keep-leased
                offline-floor = 2, engine-connections = 1, engine = memory
              }
            }
            """,
            "shop").Entry.Options;

        Assert.Equal(("shop.eu", 200, "web-1", 3, 20), (options.Name, options.Connections, options.NodeName, options.NodeNumber, options.MaxNodes));
        Assert.Equal((20.0, 3.0, 0.5), (options.Lifetime.TotalSeconds, options.Margin.TotalSeconds, options.ClosingTime.TotalSeconds));
        Assert.Equal((4.0, 2.0, 0.1), (options.RenewEvery().TotalSeconds, options.RequestWithin().TotalSeconds, options.PollInterval.TotalSeconds));
        Assert.Equal((1.0, 300.0), (options.SettleTime.TotalSeconds, options.FreezeQuarantine.TotalSeconds));
        Assert.Equal((OnDeadline.KeepLeased, 2, 1), (options.OnDeadline, options.OfflineFloor, options.EngineConnections));
    }

    [Fact]
    public void A_pools_own_budget_has_the_pools_name()
    {
        const string Hocon = "pools { orders { tcp { host = a, port = 7 }, budget { connections = 200, engine = memory } } }";

        Assert.Empty(ConfiguredBudgets.Problems(Hocon));
        Assert.Equal("orders", ConfiguredBudgets.Read(Hocon, "orders").Entry.Options.Name);
    }

    [Fact]
    public void What_is_said_beside_the_pools_holds_for_all_budgets_that_say_nothing_else()
    {
        const string Hocon = """
            budget { lifetime = 20s, margin = 5s, engine = postgres, postgres { connection-string = "Host=db", table = grants } }
            budgets {
              shop { connections = 200 }
              mail { connections = 10, margin = 3s, postgres { listen = off } }
            }
            """;

        var (shop, mail) = (ConfiguredBudgets.Read(Hocon, "shop"), ConfiguredBudgets.Read(Hocon, "mail"));

        Assert.Equal((20.0, 5.0), (shop.Entry.Options.Lifetime.TotalSeconds, shop.Entry.Options.Margin.TotalSeconds));
        Assert.Equal((20.0, 3.0), (mail.Entry.Options.Lifetime.TotalSeconds, mail.Entry.Options.Margin.TotalSeconds));
        Assert.Equal("postgres", mail.Entry.Engine);
    }

    [Fact]
    public void Json_and_the_environment_say_the_same_in_their_spellings_and_the_last_wins()
    {
        var section = new ConfigurationBuilder()
            .AddHoconString("actorpool.budgets.shop { connections = 200, engine = memory, renew-interval = 2s }")
            .AddInMemoryCollection([new("actorpool:budgets:shop:CONNECTIONS", "150"), new("ActorPool:Budgets:shop:RenewInterval", "00:00:03")])
            .Build().GetSection("actorpool");

        var options = ConfiguredBudgets.Read(section, "shop").Entry.Options;

        Assert.Equal((150, TimeSpan.FromSeconds(3)), (options.Connections, options.RenewInterval));
    }

    [Fact]
    public void All_problems_are_told_at_once_each_with_its_place_and_what_may_have_been_meant()
    {
        var section = ConfiguredBudgets.Section(
            """
              budgets {
                shop {
                  conections = 200
                  lifetime = 10 parsecs
                  engine = postgers
                  max-size = 3
                }
                mail { connections = 10, offline-floor = 2, closing-time = 5s, engine = postgres, postgres { table = "a b" } }
              }
              pools {
                orders { tcp { host = a, port = 7 }, budget = shpo }
                mail { tcp { host = a, port = 7 }, budget { connections = 1, engine = memory } }
              }
            """);

        Assert.Equal(
            [
                "text:9:30: actorpool:budgets:mail:offline-floor is 2 but max-nodes and node-number are not both given: "
                    + "a node that nobody can reach keeps its floor only if it is certain how many do",
                "text:9:49: actorpool:budgets:mail:closing-time is 5s, must be 10 ms to a third of lifetime (10ms to 3333ms)",
                "text:9:98: actorpool:budgets:mail:postgres connection-string names no host; table is 'a b', must be name or schema.name, each of 1 to 63 letters, digits and _, the first no digit",
                "text:5:7: actorpool:budgets:shop:lifetime is \"10 parsecs\": a time such as 15s, 100ms, 5m or infinite is expected",
                "text:4:7: actorpool:budgets:shop:conections is no option of a budget; did you mean connections?",
                "text:7:7: actorpool:budgets:shop:max-size is no option of a budget, but of its pool: it stands beside a budget",
                "text:3:5: actorpool:budgets:shop:connections is 0, must be 1 to 1000000",
                "text:6:7: actorpool:budgets:shop:engine is postgers, and there is no such engine; did you mean postgres?",
                "text:13:40: actorpool:pools:mail:budget is a budget named mail, and there is another of that name",
                "text:12:42: actorpool:pools:orders:budget is shpo, and there is no such budget; did you mean shop?",
            ],
            ConfiguredBudgets.Lines(section));
    }

    [Theory]
    [InlineData("budgets { shop { connections = 1 } }", "actorpool:budgets:shop has no engine: engine = postgres or engine =")]
    [InlineData("budgets { shop = 200 }", "actorpool:budgets:shop is \"200\": an object with the options of a budget is expected")]
    [InlineData("budgets = 200", "actorpool:budgets is a value: an object with a budget under each name is expected")]
    [InlineData("budget = shop, budgets { shop { connections = 1, engine = memory } }", "actorpool:budget is \"shop\": an object with the options of a budget is expected")]
    [InlineData("budget { marjin = 1s }", "actorpool:budget:marjin is no option of a budget; did you mean margin?")]
    [InlineData("budgets { shop { connections = 1, engine = memory, memory { size = 1 } } }", "actorpool:budgets:shop:memory:size is no option of memory: it has none")]
    [InlineData("budgets { shop { connections = 1, engine = memory, fence = postgers } }", "actorpool:budgets:shop:fence is postgers, and there is no such fence; did you mean postgres?")]
    [InlineData("budgets { shop { connections = 1, engine = memory, fence = postgres } }", "actorpool:budgets:shop:fence does not say at which server, and the engine is no PostgreSQL: fence { postgres { connection-string = … } } is needed")]
    [InlineData("budgets { shop { connections = 1, engine = memory, fence { postgres { connection-string = \"Port=1\" } } } }", "actorpool:budgets:shop:fence:postgres:connection-string is none that Npgsql understands, or names no Host")]
    [InlineData("budgets { shop { connections = 1, engine = memory, fence { postgres { host = a } } } }", "actorpool:budgets:shop:fence:postgres:host is no option of the fence postgres")]
    [InlineData("budgets { shop { connections = 1, engine = memory, fence = redis } }", "actorpool:budgets:shop:fence does not say at which server: fence { redis { url = … } } is needed")]
    [InlineData("budgets { shop { connections = 1, engine = memory, fence { redis { endpoints = [\"a:1\"] } } } }", "actorpool:budgets:shop:fence:redis has several servers: a fence asks the one whose connections are counted")]
    [InlineData("budgets { shop { connections = 1, engine = memory, fence { redis { host = a }, postgres { connection-string = \"Host=a\" } } } }", "actorpool:budgets:shop:fence has several objects: a budget has one fence")]
    [InlineData("budgets { shop { connections = 1, engine = memory, fence { redis { host = a } } } }, " + Pools, "actorpool:pools:orders:budget is shop, whose fence (redis) ends connections of redis pools alone: it would not find those of a tcp pool, and call them gone")]
    [InlineData("budgets { shop { connections = 1, engine = postgres, postgres { connection-string = hunter2 } } }", "actorpool:budgets:shop:postgres:connection-string ")]
    public void What_makes_no_sense_is_answered_with_its_key(string hocon, string expected) =>
        Assert.Contains(ConfiguredBudgets.Problems(hocon), problem => problem.StartsWith(expected, StringComparison.Ordinal));

    [Fact]
    public async Task A_fence_is_made_of_its_budgets_engine_or_of_a_server_of_its_own_and_names_the_connections()
    {
        const string Hocon = """
            budgets {
              one { connections = 5, engine = postgres, postgres { connection-string = "Host=127.0.0.1;Port=1" }, fence = postgres }
              two { connections = 5, engine = memory, fence { postgres { connection-string = "Host=127.0.0.1;Port=1" } } }
              three { connections = 5, engine = memory, fence { redis { url = "redis://127.0.0.1:1" } } }
              four { connections = 5, engine = memory }
            }
            """;
        await using var provider = Build(Hocon);
        var budgets = provider.GetRequiredService<ActorPool.Hosting.Budgeting.PoolBudgets>();

        Assert.All(["one", "two", "three"], name => Assert.NotNull(budgets.Get(name).ClientName));
        Assert.Null(budgets.Get("four").ClientName);
        Assert.Contains(provider.GetRequiredService<PoolRuntime>().Pools, static pool => pool.Name == "fence of three");
        await budgets.LeaveAsync();
        Assert.Empty(provider.GetRequiredService<PoolRuntime>().Pools);
    }

    [Fact]
    public void A_budget_of_code_is_known_to_the_configurations_pools() =>
        Assert.Empty(ConfiguredBudgets.Problems(Pools, budgets => budgets.Add("shop", static options => options.Connections = 1, static _ => new InMemoryGrantStore())));

    [Fact]
    public void Engines_and_fences_of_ones_own_are_given_their_object()
    {
        const string Hocon = "budget { consul { address = a } }, budgets { shop { connections = 1, engine = consul, consul { address = b }, fence { mine { place = c } } } }, " + Pools;
        var seen = new List<string?>();

        using var provider = Build(Hocon, budgets => budgets
            .AddEngine("consul", (_, section) => Saw<IGrantStore>(section["address"], new InMemoryGrantStore()))
            .AddFence("mine", (_, section) => Saw<IGrantFence>(section["place"], new NoFence())));
        var budget = provider.GetRequiredKeyedService<ClusterBudget>("shop");

        Assert.Equal(["b", "c"], seen.Order());
        Assert.Equal("shop", budget.Name);

        TPart Saw<TPart>(string? text, TPart part)
        {
            seen.Add(text);
            return part;
        }
    }

    [Fact]
    public void Pools_of_code_share_a_budget_and_what_the_configuration_says_of_them_comes_before_that()
    {
        const string Hocon = "budgets { eu { connections = 5, engine = memory }, us { connections = 5, engine = memory } }, pools { customers { budget = us } }";
        using var provider = Build(Hocon, configure: null, pools =>
        {
            pools.AddTcp("orders", "localhost", 7).UseBudget("eu");
            pools.AddTcp("customers", "localhost", 7).UseBudget("eu");
            pools.AddTcp("mail", "localhost", 7);
            pools.UseBudget("mail", "us");
        });

        IClusterBudget? BudgetOf(string pool)
        {
            var options = new PoolOptions();
            provider.GetRequiredService<ActorPool.Hosting.Budgeting.PoolBudgets>().Attach(pool, options);
            return options.Budget as IClusterBudget;
        }

        Assert.Same(provider.GetRequiredKeyedService<ClusterBudget>("eu"), BudgetOf("orders"));
        Assert.Same(provider.GetRequiredKeyedService<ClusterBudget>("us"), BudgetOf("customers"));
        Assert.Same(provider.GetRequiredKeyedService<ClusterBudget>("us"), BudgetOf("mail"));
        Assert.Null(BudgetOf("none"));
    }

    [Fact]
    public void A_budget_that_there_is_not_is_told_with_the_nearest()
    {
        using var provider = Build("budgets { shop { connections = 5, engine = memory } }");

        var error = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredKeyedService<ClusterBudget>("shpo"));

        Assert.Equal("There is no budget named 'shpo'; did you mean shop?", error.Message);
    }

    [Fact]
    public void Names_are_given_once()
    {
        var services = new ServiceCollection();
        services.AddActorPoolBudget(budgets => budgets.Add("shop", static _ => { }, static _ => new InMemoryGrantStore()));

        Assert.Throws<ArgumentException>(() => services.AddActorPoolBudget(budgets => budgets.Add("SHOP", static _ => { }, static _ => new InMemoryGrantStore())));
        Assert.Throws<ArgumentException>(() => services.AddActorPoolBudget(budgets => budgets.AddEngine("postgres", static (_, _) => new InMemoryGrantStore())));
    }

    static ServiceProvider Build(string hocon, Action<BudgetsBuilder>? configure = null, Action<PoolsBuilder>? pools = null)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddActorPool(ConfiguredBudgets.Section(hocon), pools);
        services.AddActorPoolBudget(configure);
        return services.BuildServiceProvider();
    }

    sealed class NoFence : IGrantFence
    {
        public ValueTask<int> EndAsync(string clientName, CancellationToken cancellationToken) => ValueTask.FromResult(0);

        public ValueTask<int> EndOthersAsync(string clientNamePrefix, IReadOnlyCollection<string> known, CancellationToken cancellationToken) => ValueTask.FromResult(0);
    }
}
