using ActorPool.TestKit;
using ActorPool.Tests.Retries;

namespace ActorPool.Tests.Seeds;

/// <summary>
/// What the tests share that hold the pool against one of the five libraries it must be able to stand in for. Each class
/// goes through what is known of its library, row by row: a row is a test, or one of the differences that the class's
/// remarks give reasons for.
/// </summary>
public abstract class SeedTest : RetryTest
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    protected double NowMs => World.Time.Elapsed.TotalMilliseconds;

    /// <summary>Leases until nothing more comes without waiting for anybody.</summary>
    protected List<Lease<ScriptedConnection>> AcquireMany(IConnectionPool<ScriptedConnection> pool, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Acquire(pool))];

    protected static void Return(IEnumerable<Lease<ScriptedConnection>> leases)
    {
        foreach (var lease in leases)
        {
            lease.Dispose();
        }
    }

    /// <summary>Leases and returns, and says which connection it was.</summary>
    protected long Touch(IConnectionPool<ScriptedConnection> pool)
    {
        using var lease = Acquire(pool);
        return lease.ConnectionId;
    }

    /// <summary>A pool on a connector of the test's own; the test ends it with <see cref="End"/>.</summary>
    protected ConnectionPool<TConnection> CreateOn<TConnection>(IConnector<TConnection> connector, Action<PoolOptions>? configure = null)
        where TConnection : class
    {
        var options = new PoolOptions { Name = "test", LifetimeJitter = 0, ReconnectBackoff = { Jitter = false } };
        configure?.Invoke(options);
        var pool = ConnectionPool.Create(connector, options, World.Runtime);
        World.Run();
        return pool;
    }

    protected PoolDirectory<ScriptedConnection> CreateDirectory(
        Action<PoolDirectoryOptions>? configure = null, Func<Endpoint, IConnector<ScriptedConnection>>? connect = null)
    {
        var options = new PoolDirectoryOptions();
        configure?.Invoke(options);
        return new PoolDirectory<ScriptedConnection>(connect ?? (_ => Connector), options, World.Runtime);
    }

    protected void End(IConnectionPool pool) => End(pool.DrainAsync(TimeSpan.Zero));

    protected void End(PoolDirectory<ScriptedConnection> directory) => End(directory.DrainAsync(TimeSpan.Zero));

    // The last step of a directory's drain is on threads of its own.
    void End(Task drained)
    {
        World.Advance(TimeSpan.FromMinutes(1));
        Assert.True(drained.Wait(Patience), "the drain is not over");
    }
}
