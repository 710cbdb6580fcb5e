using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>The pool's picture, with its connections and without.</summary>
public sealed class SnapshotTests : VirtualPoolTest
{
    [Fact]
    public void An_overview_is_a_snapshot_without_its_connections()
    {
        var pool = Create(options => { options.MinSize = 3; options.MaxSize = 4; options.MaxLeasesPerConnection = 1; });
        using var lease = Acquire(pool);
        Connector.Opens.Next(StepPlan.Hang);
        using var other = Acquire(pool);
        using var third = Acquire(pool);
        _ = pool.TryAcquire(out _);
        World.Advance(Ms(50));

        var overview = pool.Overview();
        var snapshot = pool.Snapshot();

        foreach (var property in typeof(PoolOverview).GetProperties())
        {
            Assert.Equal(property.GetValue(overview), property.GetValue(snapshot));
        }

        Assert.Equal(overview.ToString(), snapshot.ToString());
        Assert.Equal(3, overview.LeasesOut);
        Assert.Equal([SlotState.Leased, SlotState.Leased, SlotState.Leased, SlotState.Opening], overview.Slots);
        Assert.Equal(overview.Slots, snapshot.Connections.Select(connection => connection.State));
    }

    [Fact]
    public void An_overview_tells_empty_slots_between_others_and_none_behind()
    {
        var pool = Create(options => options.MaxSize = 4);
        var leases = Enumerable.Range(0, 4).Select(_ => Acquire(pool)).ToList();
        leases[1].MarkFaulty();
        leases[3].MarkFaulty();
        leases.ForEach(static lease => lease.Dispose());
        World.Run();

        Assert.Equal([SlotState.Idle, SlotState.Empty, SlotState.Idle], pool.Overview().Slots);
    }

    [Fact]
    public void An_overview_tells_no_single_slots_where_there_are_too_many()
    {
        var pool = Create(options => { options.MinSize = PoolOverview.SlotsMax + 1; options.MaxSize = PoolOverview.SlotsMax + 1; });

        Assert.Equal(PoolOverview.SlotsMax + 1, pool.Overview().Idle);
        Assert.Empty(pool.Overview().Slots);
    }

    [Fact]
    public void Leases_that_share_a_connection_are_all_out()
    {
        var pool = Create(options => { options.MaxSize = 2; options.MaxLeasesPerConnection = 3; });
        var leases = Enumerable.Range(0, 5).Select(_ => Acquire(pool)).ToList();

        Assert.Equal(2, pool.Overview().Leased);
        Assert.Equal(5, pool.Overview().LeasesOut);
        Assert.Equal(5, pool.Snapshot().Leases.Count());
        leases.ForEach(static lease => lease.Dispose());
        Assert.Equal(0, pool.Overview().LeasesOut);
    }

    [Fact]
    public void A_snapshot_of_more_connections_than_one_turn_draws_has_each_of_them_once()
    {
        const int Size = 10_000;
        var pool = Create(options => { options.MinSize = Size; options.MaxSize = Size; options.MaxConcurrentConnects = 1_000; });
        var numbers = Enumerable.Range(0, Size).ToList();

        var snapshot = pool.Snapshot();

        Assert.Equal(Size, snapshot.Idle);
        Assert.Equal(numbers, snapshot.Connections.Select(connection => connection.Slot));
        Assert.Same(snapshot.Connections[7_000], snapshot.Connections[7_000]);
        Assert.Throws<ArgumentOutOfRangeException>(() => snapshot.Connections[Size]);
        Done(pool.EvictAsync(EvictMode.Hard));
        World.Run();
        Assert.All(snapshot.Connections, connection => Assert.Equal(SlotState.Idle, connection.State));
    }

    [Fact]
    public void An_overview_costs_the_same_however_many_connections_there_are()
    {
        Assert.Equal(BytesOf(SizedPool(100)), BytesOf(SizedPool(5_000)));

        ConnectionPool<ScriptedConnection> SizedPool(int size) =>
            Create(options => { options.MinSize = size; options.MaxSize = size; options.MaxConcurrentConnects = 1_000; });

        static long BytesOf(ConnectionPool<ScriptedConnection> pool) => Allocated.By(() => pool.Overview());
    }
}
