using System.Runtime.CompilerServices;
using ActorPool.TestKit;

namespace ActorPool.Tests.Seeds;

// What becomes of a connection that is returned, and the pool of pools.
public sealed partial class EventletDbPoolTests
{
    [Fact]
    public void A_connection_that_its_holder_calls_dead_frees_its_slot_for_who_waits()
    {
        var pool = CreateDbPool(options => options.MaxSize = 2);
        var leases = AcquireMany(pool, 2);
        var waiter = BeginAcquire(pool);

        leases[0].MarkFaulty(Broken);
        leases[0].Dispose();
        World.Run();

        Assert.Equal(3, waiter.Result.ConnectionId);
        Assert.Equal(2, pool.Snapshot().Size);
    }

    [Fact]
    public void A_lease_that_is_returned_twice_makes_no_room_above_the_maximum()
    {
        var pool = CreateDbPool(options => options.MaxSize = 2);
        var leases = AcquireMany(pool, 2);
        leases[0].Dispose();
        leases[0].Dispose();
        leases[0].Dispose();

        using var again = Acquire(pool);

        Assert.False(pool.TryAcquire(out _));
        Assert.Equal((2, 2L), (Connector.SizeMax, pool.Snapshot().RepeatedReleases));
        leases[1].Dispose();
    }

    [Fact]
    public void A_lease_of_another_pool_is_not_adopted()
    {
        var own = CreateDbPool();
        var lease = Acquire(own);
        Connector = ScriptedConnection.Connector();
        var other = CreateDbPool();

        var error = Assert.Throws<ForeignLeaseException>(() => other.Ref.Tell(new ReleaseLease<ScriptedConnection>(lease)));

        Assert.Contains("'test'", error.Message, StringComparison.Ordinal);
        Assert.Equal((0, 1), (other.Snapshot().Size, own.Snapshot().Leased));
        lease.Dispose();
        World.Run();
        Assert.Equal(1, own.Snapshot().Idle);
    }

    [Fact]
    public void A_connection_cannot_be_reached_through_a_lease_that_was_returned()
    {
        var lease = Acquire(CreateDbPool());
        Assert.True(lease.IsActive);

        lease.Dispose();

        Assert.False(lease.IsActive);
        Assert.Throws<ObjectDisposedException>(() => lease.Connection);
    }

    [Fact]
    public void Disposing_a_lease_closes_no_connection()
    {
        var pool = CreateDbPool();

        Acquire(pool).Dispose();
        World.Run();

        Assert.Empty(Connector.Closed);
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void A_lease_that_was_forgotten_is_found_and_its_slot_is_free_again()
    {
        var pool = CreateDbPool(options => (options.MaxSize, options.LeakDetection) = (1, LeakDetection.All));
        Forget(pool);

        for (var collection = 0; collection < 10 && pool.Snapshot().Lost == 0; collection++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            World.Run();
        }

        Assert.Equal(1, pool.Snapshot().Lost);
        Assert.Equal(CloseReason.LeaseLost, Assert.Single(Connector.Closed).Reason);
        Assert.Equal(2, Touch(pool));
    }

    [Fact]
    public void A_reset_happens_at_return_and_only_to_connections_that_are_kept()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reset);
        var pool = CreateDbPool();
        Touch(pool);
        World.Run();
        Assert.Equal(1, Connector.Resets.Calls);

        using (var lease = Acquire(pool))
        {
            lease.MarkFaulty();
        }

        World.Run();
        var old = Acquire(pool);
        World.Advance(Seconds(30));
        old.Dispose();
        World.Run();

        Assert.Equal([CloseReason.Fault, CloseReason.MaxLifetime], Connector.Closed.Select(closed => closed.Reason));
        Assert.Equal(1, Connector.Resets.Calls);
    }

    [Fact]
    public void A_return_may_have_a_reset_of_its_own_or_none()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reset);
        var pool = CreateDbPool();
        var resets = new List<long>();

        Acquire(pool).ReturnWithoutReset();
        World.Run();
        Acquire(pool).ReturnWith((connection, _) =>
        {
            resets.Add(connection.Id);
            return default;
        });
        World.Run();

        Assert.Equal([1], resets);
        Assert.Equal(0, Connector.Resets.Calls);
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void Without_a_reset_connections_are_kept_as_they_are()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.None);
        var pool = CreateDbPool();

        Assert.Equal([1, 1, 1], Enumerable.Range(0, 3).Select(_ => Touch(pool)));
        Assert.Equal(0, Connector.Resets.Calls);
    }

    [Fact]
    public void A_reset_that_throws_closes_the_connection_and_frees_its_slot()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reset);
        Connector.Resets.Next(StepPlan.Fail(Broken));
        var pool = CreateDbPool(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var waiter = BeginAcquire(pool);

        lease.Dispose();
        World.Run();

        Assert.Equal(CloseReason.ResetFailed, Assert.Single(Connector.Closed).Reason);
        Assert.Equal(2, waiter.Result.ConnectionId);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void A_body_that_throws_keeps_the_connection_if_its_connector_says_so(bool isHarmless, int kept)
    {
        Connector.Harmless = _ => isHarmless;
        var pool = CreateDbPool();

        Failure<FormatException>(Fail(pool, null, new FormatException("no such column")));

        Assert.Equal(kept, pool.Snapshot().Idle);
    }

    [Fact]
    public void Clearing_closes_idle_connections_at_once_and_leased_ones_when_they_are_returned()
    {
        var pool = CreateDbPool();
        var leases = AcquireMany(pool, 3);
        leases[0].Dispose();

        _ = pool.EvictAsync();
        World.Run();
        Assert.Equal([1], ClosedIds());
        Assert.True(leases[1].IsActive);
        Assert.Equal(4, Touch(pool));
        Return(leases);
        World.Run();

        Assert.Equal([1, 2, 3], ClosedIds());
        Assert.All(Connector.Closed, closed => Assert.Equal(CloseReason.Evicted, closed.Reason));
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void A_smaller_maximum_closes_what_is_idle_at_once_and_the_rest_at_return()
    {
        var pool = CreateDbPool();
        var leases = AcquireMany(pool, 4);
        leases[0].Dispose();

        _ = pool.ResizeAsync(0, 1);
        World.Run();
        Assert.Equal([1], ClosedIds());
        Return(leases);
        World.Run();

        Assert.Equal(1, pool.Snapshot().Size);
        Assert.All(Connector.Closed, closed => Assert.Equal(CloseReason.Resized, closed.Reason));
    }

    [Fact]
    public void A_larger_maximum_serves_who_waits()
    {
        var pool = CreateDbPool(options => options.MaxSize = 1);
        using var lease = Acquire(pool);
        var waiter = BeginAcquire(pool);

        _ = pool.ResizeAsync(0, 2);
        World.Run();

        Assert.Equal(2, waiter.Result.ConnectionId);
    }

    [Fact]
    public void The_pool_can_be_closed()
    {
        var pool = CreateDbPool();
        Return(AcquireMany(pool, 2));

        var drained = pool.DrainAsync();
        World.Run();

        Assert.True(drained.IsCompletedSuccessfully);
        Assert.Empty(Connector.Open);
    }

    [Fact]
    public void How_many_are_free_and_how_many_wait_can_be_told()
    {
        var pool = CreateDbPool();
        var leases = AcquireMany(pool, 4);
        var waiters = new[] { BeginAcquire(pool), BeginAcquire(pool) };
        Assert.Equal((0, 2), (Free(pool.Snapshot()), pool.Snapshot().Waiting));

        Return(leases);
        World.Run();

        Assert.All(waiters, waiter => Assert.True(waiter.IsCompletedSuccessfully));
        Assert.Equal((2, 0), (Free(pool.Snapshot()), pool.Snapshot().Waiting));

        static int Free(PoolSnapshot snapshot) => snapshot.MaxSize - snapshot.Size + snapshot.Idle;
    }

    [Fact]
    public void There_is_one_pool_for_each_host_and_database_made_on_first_use()
    {
        var made = new List<string>();
        var directory = CreateDirectory(connect: endpoint =>
        {
            made.Add(endpoint.ToString());
            return Connector;
        });
        Assert.Empty(made);

        var orders = directory.GetPool("db1/orders");

        Assert.Same(orders, directory.GetPool("db1/orders"));
        Assert.NotSame(orders, directory.GetPool("db1/users"));
        Assert.NotSame(orders, directory.GetPool("db2/orders"));
        Assert.Equal(["db1/orders", "db1/users", "db2/orders"], made);
        End(directory);
    }

    [Fact]
    public void Credentials_are_those_of_the_host_or_the_default_or_the_host_is_named()
    {
        var users = new List<string?>();
        var connector = new ScriptedConnector<ScriptedConnection>(context =>
        {
            users.Add($"{context.Credentials!.UserName}@{context.Endpoint!.Host}");
            return new ScriptedConnection(users.Count);
        });
        var directory = CreateDirectory(
            options =>
            {
                options.CredentialsByHost["db1"] = CredentialProvider.Fixed("ann", "a");
                options.DefaultCredentials = CredentialProvider.Fixed("default", "b");
            },
            _ => connector);
        Touch(directory.GetPool("db1/orders"));
        Touch(directory.GetPool("db2/orders"));
        Assert.Equal(["ann@db1", "default@db2"], users);
        End(directory);

        var strict = CreateDirectory(options => options.CredentialsByHost["db1"] = CredentialProvider.Fixed("ann", "a"));
        var error = Assert.Throws<PoolException>(() => strict.GetPool("db2/orders"));
        Assert.Equal(PoolFailureReason.NoCredentials, error.Reason);
        Assert.Contains("'db2'", error.Message, StringComparison.Ordinal);
        End(strict);
    }

    [Fact]
    public void What_is_said_of_all_pools_can_be_changed_for_one_but_not_where_it_leads()
    {
        var hosts = new List<string>();
        var connector = new ScriptedConnector<ScriptedConnection>(context =>
        {
            hosts.Add(context.Endpoint!.Host);
            return new ScriptedConnection(hosts.Count);
        });
        var directory = CreateDirectory(
            options =>
            {
                options.Pool.MaxSize = 4;
                options.Configure = static (endpoint, pool) =>
                {
                    pool.MaxSize = endpoint.Path == "orders" ? 8 : pool.MaxSize;
                    pool.Endpoint = new Endpoint("elsewhere");
                };
            },
            _ => connector);

        Touch(directory.GetPool("db1/orders"));

        Assert.Equal(["db1"], hosts);
        Assert.Equal(8, directory.GetPool("db1/orders").Snapshot().MaxSize);
        Assert.Equal(4, directory.GetPool("db1/users").Snapshot().MaxSize);
        End(directory);
    }

    [Fact]
    public void Each_pool_has_the_connector_that_was_made_for_its_endpoint()
    {
        var (one, two) = (ScriptedConnection.Connector(), ScriptedConnection.Connector());
        var directory = CreateDirectory(connect: endpoint => endpoint.Host == "db1" ? one : two);

        Touch(directory.GetPool("db1/orders"));

        Assert.Equal((1, 0), (one.OpenedCount, two.OpenedCount));
        End(directory);
    }

    [Fact]
    public void No_connector_is_refused_at_once()
    {
        Assert.Throws<ArgumentNullException>(() => ConnectionPool.Create<ScriptedConnection>(null!));
        Assert.Throws<ArgumentNullException>(() => new PoolDirectory<ScriptedConnection>(null!));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Forget(ConnectionPool<ScriptedConnection> pool)
    {
        Assert.True(Acquire(pool).IsActive);
        Assert.False(pool.TryAcquire(out _));
    }
}
