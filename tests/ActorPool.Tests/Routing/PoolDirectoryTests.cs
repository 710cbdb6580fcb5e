using System.Runtime.CompilerServices;
using ActorPool.TestKit;

namespace ActorPool.Tests.Routing;

/// <summary>One pool per endpoint, made once, put out when there are too many.</summary>
public sealed class PoolDirectoryTests : IDisposable
{
    static readonly Endpoint One = new("one", 1);
    static readonly Endpoint Two = new("two", 2);
    static readonly Endpoint Three = new("three", 3);

    readonly VirtualRuntime _world = new();
    readonly ScriptedConnector<ScriptedConnection> _connector = ScriptedConnection.Connector();
    readonly List<Endpoint> _made = [];
    readonly List<PoolDirectory<ScriptedConnection>> _directories = [];

    public void Dispose()
    {
        foreach (var directory in _directories)
        {
            var drained = directory.DrainAsync(TimeSpan.Zero);
            _world.Advance(TimeSpan.FromMinutes(1));
            Assert.True(drained.Wait(TimeSpan.FromSeconds(30)), "the directory did not drain");
        }

        Assert.Empty(_connector.Violations);
        Assert.Empty(_connector.Open);
        Assert.Null(_world.Time.NextTimerIn);
    }

    [Fact]
    public void Two_ways_to_write_one_endpoint_are_one_pool()
    {
        var directory = Create();

        var pool = directory.GetPool("Redis://DB.Internal/7");

        Assert.Same(pool, directory.GetPool("redis://db.internal:6379/7"));
        Assert.Same(pool, directory.GetPool(new Endpoint("db.INTERNAL", 0, "7", "redis")));
        Assert.Same(pool, directory.GetPool("Redis://DB.Internal/7"));
        Assert.NotSame(pool, directory.GetPool("redis://db.internal/8"));
        Assert.Equal(2, _made.Count);
    }

    [Fact]
    public void A_pool_is_named_after_the_template_and_its_endpoint_and_knows_its_endpoint()
    {
        Endpoint? seen = null;
        var connector = new ScriptedConnector<ScriptedConnection>(context =>
        {
            seen = context.Endpoint;
            return new ScriptedConnection(context.ConnectionId);
        });
        var directory = Create(options => options.Pool.Name = "orders", _ => connector);

        var pool = directory.GetPool("db.internal:5432/orders");
        Acquire(pool).Dispose();

        Assert.Equal("orders@db.internal:5432/orders", pool.Name);
        Assert.Equal("db.internal", seen?.Host);
    }

    [Fact]
    public void TryGetPool_makes_no_pool()
    {
        var directory = Create();

        Assert.False(directory.TryGetPool(One, out _));
        Assert.False(directory.TryGetPool("one:1", out _));
        var pool = directory.GetPool(One);

        Assert.True(directory.TryGetPool(One, out var found));
        Assert.Same(pool, found);
        Assert.True(directory.TryGetPool("ONE:1", out found));
        Assert.Same(pool, found);
        Assert.Single(_made);
    }

    [Fact]
    public void Beyond_MaxPools_the_least_recently_used_pool_is_drained_and_a_later_use_makes_a_new_one()
    {
        var directory = Create(options => options.MaxPools = 2);
        var one = directory.GetPool(One);
        var two = directory.GetPool(Two);
        Assert.Same(one, directory.GetPool(One));

        var three = directory.GetPool(Three);
        _world.Run();

        Assert.Equal([three, one], directory.Pools);
        Assert.True(two.Snapshot().IsClosed);
        Assert.False(one.Snapshot().IsClosed);
        Assert.NotSame(two, directory.GetPool(Two));
        Assert.True(one.Snapshot().IsClosed);
    }

    [Fact]
    public void A_pool_that_is_put_out_finishes_its_leases()
    {
        var directory = Create(options => options.MaxPools = 1);
        var lease = Acquire(directory.GetPool(One));
        var old = directory.GetPool(One);

        directory.GetPool(Two);
        _world.Advance(TimeSpan.FromSeconds(1));

        Assert.True(lease.IsActive);
        Assert.True(old.Snapshot().IsClosed);
        Assert.Equal(1, old.Snapshot().Size);
        lease.Dispose();
        _world.Run();
        Assert.Equal(0, old.Snapshot().Size);
    }

    [Fact]
    public void Asking_for_a_pool_that_is_there_allocates_nothing()
    {
        var directory = Create();
        directory.GetPool(One);
        directory.GetPool("one:1");
        Assert.Equal(0, Allocated.By(AskOften));

        void AskOften()
        {
            for (var i = 0; i < 1_000; i++)
            {
                directory.GetPool(One);
                directory.GetPool("one:1");
            }
        }
    }

    [Fact]
    public void A_pool_with_leases_stays_when_another_has_none()
    {
        var directory = Create(options => options.MaxPools = 2);
        using var lease = Acquire(directory.GetPool(One));
        var idle = directory.GetPool(Two);

        directory.GetPool(Three);

        Assert.True(idle.Snapshot().IsClosed);
        Assert.True(directory.TryGetPool(One, out var busy));
        Assert.False(busy.Snapshot().IsClosed);
    }

    [Fact]
    public void An_acquire_whose_pool_is_put_out_meanwhile_goes_on_at_a_new_one()
    {
        var directory = Create(options =>
        {
            options.MaxPools = 1;
            options.Pool.MaxSize = 1;
        });
        var held = Acquire(directory.GetPool(One));
        var waiting = directory.AcquireAsync(One).AsTask();
        Assert.False(waiting.IsCompleted);

        directory.GetPool(Two);
        _world.Run();

        Assert.True(waiting.IsCompletedSuccessfully, waiting.Exception?.ToString());
        Assert.Equal(3, _made.Count);
        waiting.Result.Dispose();
        held.Dispose();
    }

    [Fact]
    public void A_pool_that_somebody_closed_himself_is_replaced_on_the_next_use()
    {
        var directory = Create();
        var pool = directory.GetPool("one:1");
        _ = pool.DrainAsync();

        Assert.False(directory.TryGetPool("one:1", out _));
        Assert.NotSame(pool, directory.GetPool("one:1"));
        Assert.Single(directory.Pools);
    }

    [Fact]
    public void A_factory_that_throws_leaves_nothing_behind_and_is_called_again()
    {
        var fails = true;
        var directory = Create(connect: endpoint =>
            fails ? throw new InvalidOperationException($"no way to {endpoint}") : _connector);

        var error = Assert.Throws<InvalidOperationException>(() => directory.GetPool(One));
        Assert.Equal("no way to one:1", error.Message);
        Assert.Empty(directory.Pools);
        Assert.False(directory.TryGetPool(One, out _));

        fails = false;
        Assert.NotNull(directory.GetPool(One));
    }

    [Fact]
    public void A_factory_that_asks_for_its_own_pool_is_told_so()
    {
        PoolDirectory<ScriptedConnection>? directory = null;
        directory = Create(connect: endpoint =>
        {
            directory!.GetPool(endpoint);
            return _connector;
        });

        var error = Assert.Throws<InvalidOperationException>(() => directory.GetPool(One));

        Assert.Contains("being made on this thread", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_has_its_own_credentials_or_the_default_ones()
    {
        var seen = new List<string?>();
        var connector = new ScriptedConnector<ScriptedConnection>(context =>
        {
            seen.Add(context.Credentials?.UserName);
            return new ScriptedConnection(context.ConnectionId);
        });
        var directory = Create(
            options =>
            {
                options.DefaultCredentials = CredentialProvider.Fixed("anybody", "secret");
                options.CredentialsByHost["ONE"] = CredentialProvider.Fixed("somebody", "secret");
            },
            _ => connector);

        Acquire(directory.GetPool("one:1")).Dispose();
        Acquire(directory.GetPool("two:2")).Dispose();

        Assert.Equal(["somebody", "anybody"], seen);
    }

    [Fact]
    public void A_host_with_neither_is_named()
    {
        var directory = Create(options => options.CredentialsByHost["one"] = CredentialProvider.Fixed("somebody", "secret"));

        var error = Assert.Throws<PoolException>(() => directory.GetPool("Two:2"));

        Assert.Equal(PoolFailureReason.NoCredentials, error.Reason);
        Assert.Contains("host 'two'", error.Message, StringComparison.Ordinal);
        Assert.Contains("DefaultCredentials", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Empty(directory.Pools);
    }

    [Fact]
    public void Configure_changes_one_pool_and_not_the_template()
    {
        var directory = Create(options => options.Configure = (endpoint, pool) =>
        {
            if (endpoint == One)
            {
                pool.MaxSize = 3;
                pool.ReconnectBackoff.Initial = TimeSpan.FromMilliseconds(7);
            }
        });

        Assert.Equal(3, directory.GetPool(One).Snapshot().MaxSize);
        Assert.Equal(16, directory.GetPool(Two).Snapshot().MaxSize);
    }

    [Fact]
    public void All_problems_of_the_options_are_reported_together()
    {
        var error = Assert.Throws<ArgumentException>(() => Create(options =>
        {
            options.Name = " ";
            options.MaxPools = 0;
            options.Pool.MaxSize = 0;
            options.Pool.Endpoint = One;
            options.CredentialsByHost["a b"] = CredentialProvider.Fixed("x", "secret");
            options.CredentialsByHost["c"] = null!;
        }));

        Assert.All(
            ["Name is empty", "MaxPools is 0", "Pool.MaxSize is 0", "Pool.Endpoint is set", "'a b'", "null for 'c'"],
            problem => Assert.Contains(problem, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_drained_directory_makes_no_more_pools_and_its_pools_are_closed()
    {
        var directory = Create();
        var pool = directory.GetPool(One);
        Acquire(pool).Dispose();

        var drained = directory.DrainAsync();
        _world.Run();
        await drained;

        Assert.True(pool.Snapshot().IsClosed);
        Assert.Throws<PoolClosedException>(() => directory.GetPool(One));
        Assert.False(directory.TryGetPool(One, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = directory.DrainAsync(TimeSpan.FromSeconds(-3)); });
    }

    [Fact]
    public void Other_options_reach_the_pools_that_there_are_and_those_to_come()
    {
        var directory = Create(options =>
        {
            options.Pool.MaxSize = 4;
            options.Configure = (endpoint, pool) => pool.MinSize = endpoint == Two ? 1 : 0;
        });
        var one = directory.GetPool(One);
        using var lease = Acquire(one);

        var done = directory.ReconfigureAsync(new PoolOptions { MaxSize = 9 });
        _world.Run();
        Assert.True(done.IsCompletedSuccessfully);
        Assert.Equal(9, one.Snapshot().MaxSize);
        Assert.True(lease.IsActive);
        Assert.Equal("pool@one:1", one.Name);

        var two = directory.GetPool(Two);
        Assert.Equal(9, two.Snapshot().MaxSize);
        Assert.Equal(1, two.Snapshot().MinSize);
        Assert.Contains("MaxSize", Assert.Throws<ArgumentException>(() => { _ = directory.ReconfigureAsync(new PoolOptions { MaxSize = 0 }); }).Message, StringComparison.Ordinal);
        Assert.Equal(9, one.Snapshot().MaxSize);
    }

    [Fact]
    public void Options_with_another_budget_are_refused_and_pools_to_come_keep_theirs()
    {
        var directory = Create();

        Assert.Throws<ArgumentException>(() => { _ = directory.ReconfigureAsync(new PoolOptions { MaxSize = 9, Budget = new ConnectionBudget(1, _world.Runtime) }); });

        Assert.Equal(new PoolOptions().MaxSize, directory.GetPool(One).Snapshot().MaxSize);
    }

    [Fact]
    public void A_pool_that_its_user_has_closed_is_kept_no_longer_than_it_drains()
    {
        var directory = Create();
        var closed = Close();
        directory.GetPool(One);
        _world.Run();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(closed.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        WeakReference Close()
        {
            var pool = directory.GetPool(One);
            Acquire(pool).Dispose();
            _ = pool.DrainAsync();
            _world.Run();
            return new WeakReference(pool);
        }
    }

    PoolDirectory<ScriptedConnection> Create(
        Action<PoolDirectoryOptions>? configure = null, Func<Endpoint, IConnector<ScriptedConnection>>? connect = null)
    {
        var options = new PoolDirectoryOptions();
        configure?.Invoke(options);
        var directory = new PoolDirectory<ScriptedConnection>(
            endpoint =>
            {
                _made.Add(endpoint);
                return connect is null ? _connector : connect(endpoint);
            },
            options,
            _world.Runtime);
        _directories.Add(directory);
        return directory;
    }

    Lease<ScriptedConnection> Acquire(IConnectionPool<ScriptedConnection> pool)
    {
        var acquire = pool.AcquireAsync().AsTask();
        _world.Run();
        Assert.True(acquire.IsCompleted, $"no lease: {pool.Snapshot()}");
        return acquire.GetAwaiter().GetResult();
    }
}
