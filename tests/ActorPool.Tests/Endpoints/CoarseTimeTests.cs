using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>On the system's clock, whose coarse reading lags: what virtual time, where both are one, cannot show.</summary>
[Collection(RealThreads.Name)]
public sealed class CoarseTimeTests
{
    [Fact]
    public async Task With_zero_lifetime_no_connection_is_used_twice()
    {
        await using var pool = ConnectionPool.Create(
            ScriptedConnection.Connector(ConnectorSteps.None),
            new PoolOptions { MaxSize = 2, MaxLifetime = TimeSpan.Zero },
            new PoolRuntime());
        var reused = 0;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                using var lease = await pool.AcquireAsync();
                Interlocked.Add(ref reused, lease.UseCount > 1 ? 1 : 0);
            }
        })));

        Assert.Equal(0, reused);
    }

    [Fact]
    public async Task With_zero_ValidateAfterIdle_every_idle_connection_is_looked_at()
    {
        var looks = 0;
        await using var pool = ConnectionPool.Create(
            Connector.Create<object>(
                open: static (_, _) => new(new object()),
                reset: static (_, _) => default,
                isReusable: _ =>
                {
                    looks++;
                    return true;
                }),
            new PoolOptions { MaxSize = 1, ValidateAfterIdle = TimeSpan.Zero },
            new PoolRuntime());
        var leases = 0;
        for (var i = 0; i < 2_000; i++)
        {
            if (pool.TryAcquire(out var lease))
            {
                leases++;
                lease.Dispose();
            }
            else
            {
                await Task.Yield();
            }
        }

        Assert.Equal(leases, looks);
    }

    [Fact]
    public async Task A_wait_does_not_end_before_its_time()
    {
        await using var pool = ConnectionPool.Create(
            ScriptedConnection.Connector(), new PoolOptions { MaxSize = 1 }, new PoolRuntime());
        using var lease = await pool.AcquireAsync();
        var shortest = TimeSpan.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            // Two at a time: the second's deadline is judged by the first's timer.
            var started = TimeProvider.System.GetTimestamp();
            var waits = new[] { pool.AcquireAsync(TimeSpan.FromMilliseconds(20)).AsTask(), pool.AcquireAsync(TimeSpan.FromMilliseconds(20)).AsTask() };
            await Assert.ThrowsAsync<AcquireTimeoutException>(() => Task.WhenAny(waits).Unwrap());
            var waited = TimeProvider.System.GetElapsedTime(started);
            shortest = waited < shortest ? waited : shortest;
            await Assert.ThrowsAsync<AcquireTimeoutException>(() => Task.WhenAll(waits));
        }

        // The system's tick is up to four milliseconds, at both ends.
        Assert.True(shortest >= TimeSpan.FromMilliseconds(12), $"the shortest wait took {shortest.TotalMilliseconds} ms");
    }
}
