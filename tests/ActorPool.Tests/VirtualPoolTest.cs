using ActorPool.TestKit;

namespace ActorPool.Tests;

/// <summary>
/// What tests of whole pools on virtual time share: one thread, one scripted connector, and at the end the book-keeping
/// that every pool must pass.
/// </summary>
public abstract class VirtualPoolTest : IDisposable
{
    readonly List<ConnectionPool<ScriptedConnection>> _pools = [];

    protected VirtualRuntime World { get; } = new();

    protected ScriptedConnector<ScriptedConnection> Connector { get; set; } = ScriptedConnection.Connector();

    public void Dispose()
    {
        foreach (var pool in _pools)
        {
            var drained = pool.DrainAsync(TimeSpan.Zero);
            Connector.ReleaseHung();
            World.Advance(TimeSpan.FromMinutes(1));
            Connector.ReleaseHung();
            World.Run();
            Assert.True(drained.IsCompleted, $"the pool did not drain: {pool.Snapshot()}");
            Assert.Equal(0, pool.Snapshot().Size);
        }

        Assert.Empty(Connector.Violations);
        Assert.Equal(Connector.Closed.Count, Connector.Closed.Select(closed => closed.Connection).Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.Null(World.Time.NextTimerIn);
        GC.SuppressFinalize(this);
    }

    protected static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    protected static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>A pool without randomness, whose opens and timers have been let run.</summary>
    protected ConnectionPool<ScriptedConnection> Create(Action<PoolOptions>? configure = null)
    {
        var options = new PoolOptions { Name = "test", LifetimeJitter = 0, ReconnectBackoff = { Jitter = false } };
        configure?.Invoke(options);
        var pool = ConnectionPool.Create(Connector, options, World.Runtime);
        _pools.Add(pool);
        World.Run();
        return pool;
    }

    /// <summary>Acquires; there must be a lease without the clock moving.</summary>
    protected Lease<ScriptedConnection> Acquire(IConnectionPool<ScriptedConnection> pool)
    {
        var acquire = pool.AcquireAsync().AsTask();
        World.Run();
        Assert.True(acquire.IsCompleted, $"no lease: {pool.Snapshot()}");
        return acquire.GetAwaiter().GetResult();
    }

    /// <summary>Acquires for a holder; there must be a lease without the clock moving.</summary>
    protected Lease<ScriptedConnection> Acquire(IConnectionPool<ScriptedConnection> pool, object holder)
    {
        var acquire = pool.AcquireAsync(new AcquireLease(Holder: holder)).AsTask();
        World.Run();
        Assert.True(acquire.IsCompleted, $"no lease: {pool.Snapshot()}");
        return acquire.GetAwaiter().GetResult();
    }

    /// <summary>What a command that needs no time has brought.</summary>
    protected TResult Done<TResult>(Task<TResult> task) => World.Await(task, within: TimeSpan.Zero);

    /// <summary>Acquires and expects to wait.</summary>
    protected Task<Lease<ScriptedConnection>> BeginAcquire(
        IConnectionPool<ScriptedConnection> pool, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var acquire = (timeout is { } limit
            ? pool.AcquireAsync(limit, cancellationToken)
            : pool.AcquireAsync(cancellationToken)).AsTask();
        World.Run();
        return acquire;
    }

    /// <summary>What a task that must be over has thrown.</summary>
    protected static TException Failure<TException>(Task task)
        where TException : Exception
    {
        Assert.True(task.IsCompleted, "the task is not over");
        return Assert.IsAssignableFrom<TException>(Record.Exception(() => task.GetAwaiter().GetResult()));
    }
}
