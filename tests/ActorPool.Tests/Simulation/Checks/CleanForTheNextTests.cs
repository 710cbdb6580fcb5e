using ActorPool.Simulation;
using ActorPool.Simulation.Callers;
using ActorPool.Simulation.Network;

namespace ActorPool.Tests.Simulation.Checks;

/// <summary>What the simulation may say of leftovers, and what it must.</summary>
public sealed class CleanForTheNextTests
{
    readonly World _world;
    readonly PoolSubject _pool;

    public CleanForTheNextTests()
    {
        _world = Enumerable.Range(1, 1_000)
            .Select(static seed => new World(new Schedule((ulong)seed), trace: null))
            .First(IsFit);
        _pool = _world.Pools[0];
    }

    [Fact]
    public void What_a_return_left_that_came_after_a_detach_is_not_the_pools_to_clear()
    {
        var connection = HandIn(Open());
        var held = Acquire();

        // Two threads of one holder: the connection is the one's own before the other returns it as he left it.
        connection.IsDirty = true;
        _pool.End(held);
        _pool.Detach(held.Lease.Detach());
        held.Lease.Dispose();
        HandIn(connection);

        Assert.Same(connection, Acquire().Connection);
        Assert.Null(_world.Violation);
    }

    [Fact]
    public void What_is_left_on_a_connection_that_was_handed_in_is_found_if_nobody_clears_it()
    {
        var connection = HandIn(Open());
        var held = Acquire();

        connection.IsDirty = true;
        _pool.End(held);
        held.Lease.ReturnWithoutReset();

        Assert.Same(connection, Acquire().Connection);
        Assert.Equal("CleanForTheNext", _world.Violation?.Check);
    }

    /// <summary>One pool that resets what is returned, keeps it, and opens nothing of its own accord.</summary>
    static bool IsFit(World world) => world is { Group: null, Budget: null, Pools: [var pool] }
        && pool.Options is { MinSize: 0, MaxLeasesPerConnection: 1, IdleTimeout.Ticks: > 0 }
        && pool.Connector.Steps.HasFlag(ConnectorSteps.Reset);

    SimulatedConnection Open() => new(new OpenContext(_pool.Name, 1, 1, _world.Time, line: null), _pool.Server);

    SimulatedConnection HandIn(SimulatedConnection connection)
    {
        _pool.Attach(connection);
        Assert.True(_pool.Pool.TryAttach(connection));
        return connection;
    }

    Held Acquire()
    {
        Assert.True(_pool.Pool.TryAcquire(out var lease));
        var held = new Held(lease, lease.Connection, Call: 1);
        _pool.Hold(held);
        return held;
    }
}
