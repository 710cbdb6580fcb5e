using ActorPool.Http.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Http.Tests;

/// <summary>Dependency injection, and the factory that throws handlers away.</summary>
public sealed class HttpClientFactoryTests
{
    [Fact]
    public async Task Handlers_come_and_go_and_connections_stay()
    {
        await using var server = RawServer.Answering(RawServer.Ok("x"));
        var services = new ServiceCollection();
        services.AddHttpClient("prices").UseActorPool(static options => options.UseProxy = false)
            .SetHandlerLifetime(TimeSpan.FromSeconds(1));
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IHttpMessageHandlerFactory>();
        var handlers = new HashSet<HttpMessageHandler>();
        while (handlers.Count < 3)
        {
            var handler = factory.CreateHandler("prices");
            if (handlers.Add(handler))
            {
                using var client = new HttpClient(handler, disposeHandler: false);
                Assert.Equal("x", await client.GetStringAsync(server.Address).WaitAsync(PooledClient.Patience));
            }

            await Task.Yield();
        }

        Assert.Equal(1, server.Accepted);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_client_has_pools_of_its_own_that_bear_its_name()
    {
        await using var server = RawServer.Answering(RawServer.Ok("x"));
        var services = new ServiceCollection();
        services.AddHttpClient("one").UseActorPool(static options => options.UseProxy = false);
        services.AddHttpClient("two").UseActorPool(static options => options.UseProxy = false);
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IHttpClientFactory>();
        foreach (var name in new[] { "one", "two" })
        {
            using var client = factory.CreateClient(name);
            Assert.Equal("x", await client.GetStringAsync(server.Address).WaitAsync(PooledClient.Patience));
        }

        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task Pools_of_the_container_are_shared_by_clients_that_use_them_and_closed_with_it()
    {
        await using var server = RawServer.Answering(RawServer.Ok("x"));
        var services = new ServiceCollection();
        services.AddHttpPools(static options =>
        {
            options.UseProxy = false;
            options.Pool.MaxSize = 2;
        });
        services.AddHttpClient("one").UseHttpPools();
        services.AddHttpClient("two").UseHttpPools();
        var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IHttpClientFactory>();
        foreach (var name in new[] { "one", "two", "one" })
        {
            Assert.Equal("x", await factory.CreateClient(name).GetStringAsync(server.Address).WaitAsync(PooledClient.Patience));
        }

        Assert.Equal(1, server.Accepted);
        var pools = provider.GetRequiredService<HttpPools>();
        Assert.Equal(2, Assert.Single(pools.Snapshot()).MaxSize);
        Assert.NotSame(provider.GetRequiredService<PooledHttpHandler>(), provider.GetRequiredService<PooledHttpHandler>());
        await provider.DisposeAsync();
        Assert.Throws<PoolClosedException>(() => pools.GetPool(server.Address));
    }

    [Fact]
    public async Task Pools_under_a_key_are_their_own()
    {
        var services = new ServiceCollection();
        services.AddHttpPools();
        services.AddKeyedHttpPools("slow", static options => options.MaxPools = 5);
        services.AddHttpClient("client").UseHttpPools("slow");
        await using var provider = services.BuildServiceProvider();
        var keyed = provider.GetRequiredKeyedService<HttpPools>("slow");
        Assert.NotSame(provider.GetRequiredService<HttpPools>(), keyed);
        Assert.Equal("HTTP pools 'slow'", keyed.ToString());
        Assert.Same(keyed, provider.GetRequiredKeyedService<PooledHttpHandler>("slow").Pools);
    }
}
