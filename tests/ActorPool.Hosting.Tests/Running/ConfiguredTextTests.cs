using ActorPool.Hosting.Running;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Tests.Running;

/// <summary>Whether what the configuration says of a pool has changed: what is another's is not its own, however it is spelled.</summary>
public sealed class ConfiguredTextTests
{
    static readonly string[] Connectors = ["tcp", "redis"];

    [Theory]
    [InlineData("pools", "b:max-size", false, false)]
    [InlineData("Pools", "b:MaxSize", false, false)]
    [InlineData("Pools", "a:MaxSize", true, false)]
    [InlineData("pools", "a:Tcp:Port", false, true)]
    public void A_change_of_a_pool_is_its_own(string pools, string key, bool ofOptions, bool ofConnector)
    {
        var (before, after) = (Text(pools, key, "1"), Text(pools, key, "2"));

        Assert.Equal(ofOptions, before.Options != after.Options);
        Assert.Equal(ofConnector, before.Connector != after.Connector);
    }

    [Theory]
    [InlineData("max-size", true, false)]
    [InlineData("tls:ca-file", false, true)]
    [InlineData("Replicas:strategy", false, true)]
    [InlineData("redis:url", false, true)]
    [InlineData("Hosting:warm-up", false, false)]
    public void A_change_beside_the_pools_is_of_the_options_or_of_what_connects(string key, bool ofOptions, bool ofConnector)
    {
        var (before, after) = (Text(null, key, "1"), Text(null, key, "2"));

        Assert.Equal(ofOptions, before.Options != after.Options);
        Assert.Equal(ofConnector, before.Connector != after.Connector);
    }

    static ConfiguredText Text(string? pools, string key, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"actorpool:{(pools is null ? "" : pools + ":")}{key}"] = value,
            ["actorpool:pools:a:tcp:host"] = "localhost",
        }).Build();
        return ConfiguredText.Of(configuration.GetSection("actorpool"), "a", Connectors);
    }
}
