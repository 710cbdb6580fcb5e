using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Http.Tests;

/// <summary>What the README shows, compiled.</summary>
static class ReadmeSamples
{
    public static void WithTheFactory(IServiceCollection services)
    {
        services.AddHttpClient("prices", client => client.BaseAddress = new Uri("https://prices.internal"))
            .UseActorPool(options =>
            {
                options.Pool.MaxSize = 8;
                options.Tls.CaFile = "internal-ca.pem";
            });
    }

    public static async Task<string> AloneAsync(Uri address)
    {
        await using var pools = new HttpPools(new HttpPoolOptions { Pool = { MaxSize = 8 } });
        using var client = new HttpClient(new PooledHttpHandler(pools));
        var text = await client.GetStringAsync(address);
        return text;
    }

    public static async Task NameHoldersAsync(HttpClient client, Uri address, Action<string> log)
    {
        try
        {
            using var response = await client.GetAsync(address);
        }
        catch (HttpRequestException error) when (error.InnerException is AcquireTimeoutException timeout)
        {
            foreach (var holder in timeout.Ledger.Holders)
            {
                // GET https://prices.internal/orders/17 for 12 s: method and address, never the query
                log(holder.ToString());
            }
        }
    }

    public static async Task OperateAsync(HttpPools pools, Uri address, Action<string> log)
    {
        foreach (var pool in pools.Snapshot())
        {
            log($"{pool}: {pool.Opened} opened, {pool.Acquired} requests");
        }

        await pools.GetPool(address).WarmUpAsync(4);
        await pools.GetPool(address).EvictAsync(EvictMode.Soft);
    }
}
