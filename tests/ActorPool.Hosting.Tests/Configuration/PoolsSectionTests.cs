using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Pools;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Tests.Configuration;

/// <summary>The object <c>actorpool</c>: defaults, pools, connectors.</summary>
public sealed class PoolsSectionTests
{
    [Fact]
    public void Pools_have_the_defaults_of_all_and_what_is_their_own()
    {
        var configured = Configured.Json("""
            {
              "actorpool": {
                "MaxSize": 32,
                "retry": { "max-attempts": 3 },
                "pools": {
                  "echo": { "tcp": { "host": "echo.internal", "port": 7 }, "max-size": 8 },
                  "cache": { "redis": { }, "minSize": 2, "retry": { "delay": "1s" } },
                  "mail": { "imap": { "host": "mail.internal" } }
                }
              }
            }
            """);

        Assert.Empty(configured.Lines);
        Assert.Equal(
            ["cache redis 2..32, retry 3 from 1s", "echo tcp 0..8, retry 3 from 0.1s", "mail imap 0..32, retry 3 from 0.1s"],
            configured.Pools.Values.Select(pool =>
                $"{pool.Options.Name} {pool.ConnectorName} {pool.Options.MinSize}..{pool.Options.MaxSize}, retry {pool.Options.Retry.MaxAttempts} from {pool.Options.Retry.Delay.TotalSeconds}s"));
        Assert.Equal("mail.internal", configured.Pools["mail"].ConnectorSection["host"]);
    }

    [Fact]
    public void A_pool_is_named_by_its_key_or_by_itself()
    {
        var configured = Configured.Keys(("pools:a:redis", null), ("pools:b:redis", null), ("pools:b:name", "main cache"));

        Assert.Equal(("a", "main cache"), (configured.Pools["a"].Options.Name, configured.Pools["b"].Options.Name));
    }

    [Fact]
    public void The_connector_s_object_says_what_the_pool_is_made_into()
    {
        var configured = Configured.Keys(
            ("pools:one:tcp:host", "a"), ("pools:one:tcp:port", "7"),
            ("pools:some:tcp:endpoints:0", "a:7"), ("pools:some:tcp:endpoints:1", "b:7"),
            ("pools:many:tcp:directory", null));

        Assert.Empty(configured.Lines);
        Assert.Equal(
            (PoolKind.Single, PoolKind.Replicas, PoolKind.Directory),
            (configured.Pools["one"].Kind, configured.Pools["some"].Kind, configured.Pools["many"].Kind));
    }

    [Fact]
    public void HTTP_keeps_its_own_default_unless_something_else_is_said()
    {
        var configured = Configured.Keys(("pools:a:http", null), ("pools:b:http", null), ("pools:b:unavailable-after", "3s"));

        Assert.Equal(
            (TimeSpan.Zero, TimeSpan.FromSeconds(3)),
            (configured.Pools["a"].Options.UnavailableAfter, configured.Pools["b"].Options.UnavailableAfter));
    }

    [Fact]
    public void What_code_says_stands_between_the_defaults_of_all_and_the_pool_s_own_object()
    {
        var configured = Configured.Keys(
            new Code(
                hasConnector: false,
                begin: new PoolOptions { MaxWaiters = 5, MaxSize = 4 },
                configure: options => (options.MinSize, options.MaxSize) = (2, 64)),
            ("max-size", "32"), ("min-size", "1"), ("order", "fifo"), ("pools:a:redis", null), ("pools:a:min-size", "3"));

        Assert.Empty(configured.Lines);
        var options = configured.Pools["a"].Options;
        Assert.Equal(("a", 3, 64, 5, IdleOrder.Fifo), (options.Name, options.MinSize, options.MaxSize, options.MaxWaiters, options.Order));
    }

    [Fact]
    public void A_pool_that_is_made_in_code_has_options_from_both()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["actorpool:order"] = "fifo", ["actorpool:pools:coded:min-size"] = "3" })
            .Build();
        var problems = new ConfigurationProblems(configuration);
        var code = new Code(hasConnector: true, new PoolOptions { MaxWaiters = 5 }, configure: options => (options.MinSize, options.MaxSize) = (2, 64));

        Assert.Empty(PoolsSection.Read(configuration.GetSection("actorpool"), ConnectorNames.All, problems, code));
        var options = PoolsSection.ReadOptions(configuration.GetSection("actorpool"), "coded", ConnectorNames.All, problems, code);

        problems.ThrowIfAny();
        Assert.Equal(
            ("coded", 3, 64, 5, IdleOrder.Fifo),
            (options.Name, options.MinSize, options.MaxSize, options.MaxWaiters, options.Order));
    }

    [Fact]
    public void A_pool_has_its_connector_from_code_or_from_its_object_but_not_from_both()
    {
        var code = new Code(hasConnector: true, new PoolOptions(), configure: _ => { });

        Assert.Empty(Configured.Keys(code, ("pools:a:min-size", "3")).Lines);
        Assert.Equal(
            ["actorpool:pools:a:redis is a connector (redis), but code has given this pool one already"],
            Configured.Keys(code, ("pools:a:redis", null)).Lines);
    }

    [Fact]
    public void What_the_host_does_with_pools_stands_beside_them()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["actorpool:hosting:warm-up"] = "off",
            ["actorpool:hosting:StartWait"] = "2s",
            ["actorpool:hosting:reload"] = "no",
        }).Build();
        var (options, problems) = (new ActorPoolOptions(), new ConfigurationProblems(configuration));

        PoolsSection.ReadHosting(configuration.GetSection("actorpool"), options, problems);

        problems.ThrowIfAny();
        Assert.Equal((false, TimeSpan.FromSeconds(2), false), (options.WarmUp, options.StartWait, options.Reload));
    }

    [Fact]
    public void No_configuration_is_no_pool_and_no_problem()
    {
        var configured = Configured.Keys();

        Assert.Empty(configured.Lines);
        Assert.Empty(configured.Pools);
    }

    [Fact]
    public void All_problems_are_told_together_by_one_exception_that_hosts_know()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["actorpool:max-sise"] = "1",
            ["actorpool:pools:a:tcp:port"] = "7",
            ["actorpool:pools:a:max-size"] = "0",
        }).Build();
        var problems = new ConfigurationProblems(configuration);
        foreach (var pool in PoolsSection.Read(configuration.GetSection("actorpool"), ConnectorNames.All, problems))
        {
            TcpReader.Read(pool, problems);
        }

        var error = Assert.Throws<PoolConfigurationException>(problems.ThrowIfAny);

        Assert.IsType<Microsoft.Extensions.Options.OptionsValidationException>(error, exactMatch: false);
        Assert.Equal(
            [
                "The configuration of pools cannot be used:",
                "actorpool:max-sise is no option of a pool; did you mean max-size?",
                "actorpool:pools:a:max-size is 0, must be 1 to 1000000",
                "actorpool:pools:a:tcp does not say where to connect to: host and port, unix-socket, endpoints or a directory are needed",
            ],
            error.Message.Split(Environment.NewLine));
        Assert.Equal(3, error.Failures.Count());
    }

    sealed class Code(bool hasConnector, PoolOptions begin, Action<PoolOptions> configure) : IPoolCode
    {
        public bool HasConnector(string name) => hasConnector;

        public PoolOptions Begin(string name, Func<PoolOptions> otherwise) => begin.Copy();

        public void Configure(string name, PoolOptions options) => configure(options);
    }
}
