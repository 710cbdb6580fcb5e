using System.Collections.Concurrent;
using ActorPool.Hosting.Pools;
using Microsoft.Extensions.Logging;

namespace ActorPool.Hosting.Running;

/// <summary>Opens what pools are to have open from the start, and knows which of them are not done.</summary>
sealed class WarmUps(PoolRuntime runtime, ILogger<WarmUps> logger)
{
    readonly ConcurrentDictionary<string, bool> _underWay = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a pool is still being warmed up.</summary>
    public bool IsUnderWay(string name) => _underWay.ContainsKey(name);

    /// <summary>Warms pools up.</summary>
    /// <returns>A task that ends when each of them is warm or has failed; it does not fail.</returns>
    public Task BeginAsync(IReadOnlyList<HostedPool> pools)
    {
        foreach (var pool in pools)
        {
            _underWay[pool.Name] = true;
        }

        return Task.WhenAll(pools.Select(WarmUpAsync));
    }

    async Task WarmUpAsync(HostedPool pool)
    {
        var since = runtime.TimeProvider.GetTimestamp();
        try
        {
            await pool.WarmUpAsync().ConfigureAwait(false);
            if (pool.Parts is [var part] && part.Overview().Size is > 0 and var size)
            {
                HostingLog.WarmedUp(logger, pool.Name, size, runtime.TimeProvider.GetElapsedTime(since).TotalSeconds);
            }
        }
#pragma warning disable CA1031 // whatever it is, the pool goes on trying by itself, and its health tells of it
        catch (Exception error)
#pragma warning restore CA1031
        {
            HostingLog.WarmUpFailed(logger, error, pool.Name);
        }
        finally
        {
            _underWay.TryRemove(pool.Name, out _);
        }
    }
}
