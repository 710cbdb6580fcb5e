using ActorPool.Hosting;
using ActorPool.TestKit;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Extensions.Options;

namespace ActorPool.AkkaNet.Tests;

/// <summary>Pools from the actor system's own HOCON.</summary>
public sealed class ConfigurationTests : IAsyncDisposable
{
    readonly List<ActorSystem> _systems = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var system in _systems)
        {
            await system.Terminate();
        }
    }

    [Fact]
    public void Pools_have_the_options_that_the_system_configures()
    {
        var pools = ActorPools.For(NewSystem("""
            actorpool {
              acquire-timeout = 3s
              pools {
                echo {
                  tcp { host = localhost, port = 7 }
                  max-size = 5
                }
                mine {
                  scripted { }
                  max-size = 7
                }
                copies { tcp { endpoints = ["a:1", "b:2"] } }
              }
            }
            """));

        Assert.Equal(["copies", "echo", "mine"], pools.Names);
        Assert.Equal(5, pools.Get<Stream>("echo").Snapshot().MaxSize);
        Assert.Equal(7, pools.Get<ScriptedConnection>("mine").Snapshot().MaxSize);
        Assert.IsType<ReplicaGroup<Stream>>(pools.Get<Stream>("copies"));
    }

    [Fact]
    public void Values_may_come_from_substitutions_and_fallbacks_as_everywhere_in_akka()
    {
        Config config = """
            sizes { small = 3 }
            actorpool.pools.mine {
              scripted { }
              max-size = ${sizes.small}
            }
            """;
        Config fallback = "actorpool.pools.mine { max-size = 9, min-size = 1 }";

        var pools = ActorPools.For(NewSystem(config.WithFallback(fallback)));

        Assert.Equal((3, 1), (pools.Get<ScriptedConnection>("mine").Snapshot().MaxSize, pools.Get<ScriptedConnection>("mine").Snapshot().MinSize));
    }

    [Fact]
    public void What_is_wrong_is_said_in_one_line_each_and_no_pool_is_made()
    {
        var system = NewSystem("""
            actorpool.pools.mine {
              scripted { }
              max-sise = 4
              acquire-timeout = "15 parsecs"
            }
            """);

        var error = Assert.ThrowsAny<Exception>(() => ActorPools.For(system)).ToString();

        Assert.Contains("actorpool:pools:mine:max-sise is no option of a pool; did you mean max-size?", error, StringComparison.Ordinal);
        Assert.Contains("15 parsecs", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_to_claim_is_an_option_with_a_range()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), ActorPools.For(NewSystem("")).Options.ClaimTimeout);
        Assert.Equal(TimeSpan.FromSeconds(2), ActorPools.For(NewSystem("akka.actorpool.claim-timeout = 2s")).Options.ClaimTimeout);
        var error = Assert.ThrowsAny<Exception>(() => ActorPools.For(NewSystem("akka.actorpool.claim-timeout = 0s")));
        Assert.Contains("akka.actorpool.claim-timeout is 00:00:00: 10 ms to 1 h is expected", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"5 parsecs\"", "'5 parsecs'")]
    [InlineData("soon", "'soon'")]
    [InlineData("{ max = 5s }", "no single value")]
    public void A_time_to_claim_that_cannot_be_read_is_told_with_its_key_and_what_is_allowed(string value, string told)
    {
        var error = Assert.ThrowsAny<Exception>(() => ActorPools.For(NewSystem($"akka.actorpool.claim-timeout = {value}")));

        Assert.Contains($"akka.actorpool.claim-timeout is {told}: a time of 10 ms to 1 h is expected, such as 5s", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_has_configured_reads_as_the_reference_says()
    {
        var system = NewSystem("actorpool.acquire-timeout = 3s");
        ActorPools.For(system);

        Assert.Equal(TimeSpan.FromSeconds(3), system.Settings.Config.GetTimeSpan("actorpool.acquire-timeout"));
        Assert.Equal(16, system.Settings.Config.GetInt("actorpool.max-size"));
    }

    [Fact]
    public void The_extension_can_be_named_in_the_configuration()
    {
        var system = NewSystem("""
            akka.extensions = ["ActorPool.AkkaNet.ActorPoolsProvider, ActorPool.AkkaNet"]
            actorpool.pools.mine { scripted { } }
            """);

        Assert.True(system.HasExtension<ActorPools>());
    }

    [Fact]
    public async Task A_pool_of_a_directory_is_named_by_its_key()
    {
        var pools = ActorPools.For(NewSystem("", more => more.AddDirectory("tenants", (_, _) => ScriptedConnection.Connector())));

        var granted = await pools.Router.Ask<LeaseGranted<ScriptedConnection>>(new ForPool("tenants", default(AcquireLease), "db:5432/a"), TimeSpan.FromSeconds(20));
        var again = await pools.Router.Ask<LeaseGranted<ScriptedConnection>>(new ForPool("tenants", default(AcquireLease), "db:5432/a"), TimeSpan.FromSeconds(20));

        Assert.NotEqual(granted.Claim(), again.Claim());
        granted.Claim().Dispose();
        again.Claim().Dispose();
        var refused = await pools.Router.Ask<LeaseRefused>(new ForPool("tenants", default(AcquireLease), "not:a:key:at all"), TimeSpan.FromSeconds(20));
        Assert.Contains("not:a:key", refused.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_that_answers_no_messages_is_said_so_and_the_others_go_on()
    {
        var pools = ActorPools.For(NewSystem("""
            actorpool.pools {
              mine { scripted { } }
              web { http { } }
            }
            """));
        using var lease = await pools.Endpoint("mine").AskLeaseAsync<ScriptedConnection>(new AcquireLease(TimeSpan.FromSeconds(20)));

        var refused = await pools.Router.Ask<LeaseRefused>(new ForPool("web", default(AcquireLease)), TimeSpan.FromSeconds(20));

        Assert.Contains("Pool 'web' does not answer messages", refused.Failure.Message, StringComparison.Ordinal);
        Assert.True(lease.IsActive);
    }

    [Fact]
    public void A_pool_that_there_is_not_and_one_of_another_kind_are_said_so()
    {
        var pools = ActorPools.For(NewSystem("actorpool.pools.mine { scripted { } }"));

        Assert.Contains("did you mean 'mine'", Assert.Throws<PoolNotFoundException>(() => pools.Get<Stream>("mines")).Message, StringComparison.Ordinal);
        Assert.Contains("does not pool Stream", Assert.Throws<InvalidOperationException>(() => pools.Get<Stream>("mine")).Message, StringComparison.Ordinal);
    }

    ActorSystem NewSystem(Config config, Action<PoolsBuilder>? more = null)
    {
        var setup = BootstrapSetup.Create().WithConfig(config.WithFallback("akka.loglevel = OFF, akka.stdout-loglevel = OFF")).And(new ActorPoolSetup(pools =>
        {
            pools.AddConnector("scripted", (_, _) => ScriptedConnection.Connector());
            more?.Invoke(pools);
        }));
        var system = ActorSystem.Create("test", setup);
        _systems.Add(system);
        return system;
    }
}
