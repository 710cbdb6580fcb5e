using ActorPool.TestKit;
using ActorPool.Tests.Net;
using Microsoft.Extensions.Logging;

namespace ActorPool.Tests.Seeds;

/// <summary>The pool held against <c>boto3.client('s3')</c>, botocore and the urllib3 pools beneath them.</summary>
/// <remarks>
/// Deliberate differences, by row. Pool:
/// <list type="bullet">
/// <item>Pool parts: the factory is the <see cref="IConnector{TConnection}"/>, which also resets, looks and judges faults; the
/// strategies are options (<see cref="PoolOptions.Order"/>, <see cref="PoolOptions.WhenExhausted"/>).</item>
/// <item>max_pool_connections is no cap there. Here <see cref="PoolOptions.MaxSize"/> is one, and waiting the default; who wants
/// what urllib3 does says <see cref="WhenExhausted.OpenTransient"/>.</item>
/// <item>Discard warning: when a connection is opened above the size, rather than when it is thrown away.</item>
/// <item>One pool per host: a directory has one set of settings, so that they are no part of the key.</item>
/// <item>Host key: port 0 is the scheme's default port, not a port of its own.</item>
/// <item>Unread body: a response that owns its lease is ActorPool.Http's. In the core the lease is always freed, and a stream
/// with unread bytes is closed (tested here).</item>
/// <item>maxsize=0: refused, instead of unlimited.</item>
/// <item>Double put: ignored and counted. Stale check: a new connection takes the place of the dead one, with an id of its own.</item>
/// <item>Finaliser: a pool that nobody closes keeps its timers and connections; close it. Only a lost lease is found.</item>
/// <item>num_connections: connections that were opened are counted, not objects.</item>
/// </list>
/// Timeouts:
/// <list type="bullet">
/// <item>read_timeout, the page's timeout=10, Timeout(total): ActorPool.Http. In the core a token bounds a whole call, retries
/// included, and <see cref="PoolOptions.AcquireTimeout"/> the whole wait, connecting included.</item>
/// <item>Errors of connecting are the inner exceptions of what acquirers get, who wait for other attempts meanwhile.</item>
/// </list>
/// Retries:
/// <list type="bullet">
/// <item>urllib3's schedule does not wait before the first retry and then 2 and 4 s; <see cref="RetryBackoff.Exponential"/>
/// waits from the first on.</item>
/// <item>Retry counters: one count of attempts, not one for each kind of error; <see cref="RetryOptions.RetryOn"/> tells the kinds.</item>
/// <item>Idempotency: said by the caller (<see cref="RetryOptions.IsIdempotent"/>); ActorPool.Http knows methods.</item>
/// <item>Retry-After, statuses and error codes, rewinding a body, response metadata of HTTP: ActorPool.Http.</item>
/// <item>Adaptive mode: no limiter of the request rate; 3 attempts like standard. <see cref="PoolOptions.QueueTarget"/> and
/// <see cref="RetryBudget"/> are what holds load back.</item>
/// <item>max_attempts, total_max_attempts: one name, <see cref="RetryOptions.MaxAttempts"/>, which counts the first.</item>
/// </list>
/// TLS, proxies, credentials, monitoring:
/// <list type="bullet">
/// <item>Verify: no environment variable replaces the trusted CAs. A blank path is a file that is missing.</item>
/// <item>SSLError: an untrusted certificate is not tried again; waiting does not cure it.</item>
/// <item>tcp_keepalive: on by default; firewalls forget silent connections.</item>
/// <item>Proxies, masking of their URLs: ActorPool.Http. In the core an endpoint with a password in it is refused.</item>
/// <item>Credentials: where they come from is an <see cref="ICredentialProvider"/>'s business; there is no built-in chain. When
/// they are renewed is one time, <see cref="Credentials.RenewAt"/>, instead of an advisory and a mandatory one.</item>
/// <item>One key without the other: allowed, since there are passwords without a user; a connector that needs both says so.</item>
/// <item>Monitoring: events (<see cref="IConnectionPool.Subscribe"/>) and log lines with ids; meters are ActorPool.Hosting's.</item>
/// <item>Close: closed is closed; a later call does not open the pool again.</item>
/// </list>
/// </remarks>
public sealed partial class BotocoreS3Tests : SeedTest
{
    [Fact]
    public void Ten_connections_are_kept_and_more_are_opened_when_all_are_out()
    {
        var pool = Create(options => (options.MaxSize, options.WhenExhausted) = (10, WhenExhausted.OpenTransient));

        Return(AcquireMany(pool, 12));
        World.Run();

        Assert.Equal((10, 12L, 2L), (pool.Snapshot().Idle, pool.Snapshot().Opened, pool.Snapshot().OpenedTransient));
        Assert.Equal([CloseReason.Transient, CloseReason.Transient], Connector.Closed.Select(closed => closed.Reason));
    }

    [Fact]
    public void Eight_callers_of_a_pool_of_two_get_eight_connections_or_wait_as_told()
    {
        var pool = Create(options => (options.MaxSize, options.WhenExhausted) = (2, WhenExhausted.OpenTransient));
        Return(AcquireMany(pool, 8));
        World.Run();
        Assert.Equal((8, 6), (Connector.SizeMax, Connector.Closed.Count));

        Connector = ScriptedConnection.Connector();
        var capped = Create(options => options.MaxSize = 2);
        var leases = AcquireMany(capped, 2);
        var waiters = Enumerable.Range(0, 6).Select(_ => BeginAcquire(capped)).ToList();
        Return(leases);
        foreach (var waiter in waiters)
        {
            World.Run();
            waiter.Result.Dispose();
        }

        Assert.Equal((2, 0), (Connector.SizeMax, Connector.Closed.Count));
    }

    [Fact]
    public void A_connection_above_the_size_is_a_warning_with_the_pools_name_and_size()
    {
        using var logger = new ListLogger();
        var world = new VirtualRuntime(1, logger);
        var pool = ConnectionPool.Create(
            Connector, new PoolOptions { Name = "s3@bucket", MaxSize = 1, WhenExhausted = WhenExhausted.OpenTransient }, world.Runtime);
        var acquires = new[] { pool.AcquireAsync().AsTask(), pool.AcquireAsync().AsTask() };
        world.Run();

        var warning = Assert.Single(logger.Entries, entry => entry.Level == LogLevel.Warning);

        Assert.StartsWith("Pool 's3@bucket' opened connection 2 above its maximum size of 1", warning.Message, StringComparison.Ordinal);
        Assert.All(acquires, acquire => acquire.Result.Dispose());
        _ = pool.DrainAsync(TimeSpan.Zero);
        world.Advance(Seconds(60));
    }

    [Fact]
    public void Ten_hosts_keep_their_pools_and_the_eleventh_puts_out_the_one_used_longest_ago()
    {
        var connectors = new Dictionary<string, ScriptedConnector<ScriptedConnection>>(StringComparer.Ordinal);
        var directory = CreateDirectory(
            options => options.MaxPools = 10,
            endpoint => connectors[endpoint.Host] = ScriptedConnection.Connector());
        var pools = Enumerable.Range(0, 10).Select(host => directory.GetPool($"host{host}:443")).ToList();
        Assert.Same(pools[0], directory.GetPool("host0:443"));
        var leases = pools.ConvertAll(Acquire);

        directory.GetPool("host10:443");
        World.Run();

        Assert.True(pools[1].Snapshot().IsClosed);
        Assert.All(pools.Where((_, host) => host != 1), pool => Assert.False(pool.Snapshot().IsClosed));
        Assert.True(leases[1].IsActive);
        Return(leases);
        World.Run();
        Assert.Equal(CloseReason.PoolClosed, Assert.Single(connectors["host1"].Closed).Reason);
        End(directory);
    }

    [Theory]
    [InlineData("HTTP://S3.Amazonaws.COM", "http://s3.amazonaws.com:80", true)]
    [InlineData("https://s3.amazonaws.com", "https://s3.amazonaws.com:443", true)]
    [InlineData("https://s3.amazonaws.com:0", "https://s3.amazonaws.com", true)]
    [InlineData("https://s3.amazonaws.com", "http://s3.amazonaws.com", false)]
    [InlineData("https://s3.amazonaws.com.", "https://s3.amazonaws.com", false)]
    [InlineData("https://s3.amazonaws.com:8443", "https://s3.amazonaws.com", false)]
    public void Two_ways_to_write_a_host_are_one_pool_and_two_hosts_are_two(string one, string other, bool isSame)
    {
        var directory = CreateDirectory();

        Assert.Equal(isSame, ReferenceEquals(directory.GetPool(one), directory.GetPool(other)));

        End(directory);
    }

    [Fact]
    public async Task A_body_that_was_not_read_costs_the_connection_but_never_the_slot()
    {
        using var server = new LoopbackServer();
        await using var pool = ConnectionPool.Create(new TcpConnector("127.0.0.1", server.Port), new PoolOptions { MaxSize = 1 });
        var lease = await pool.AcquireAsync(Patience);
        await using var peer = await server.AcceptAsync();
        await lease.Connection.WriteAsync("GET /\n"u8.ToArray());
        await peer.WriteAsync(new byte[1_000]);
        Assert.Equal(0, await OpenedStream.ReadOneAsync(lease.Connection));
        Assert.False(pool.TryAcquire(out _));

        lease.Dispose();
        using var next = await pool.AcquireAsync(Patience);

        Assert.Equal(2, next.ConnectionId);
    }

    [Fact]
    public void Connections_are_made_when_they_are_needed_and_the_last_returned_is_taken_first()
    {
        var pool = Create();
        World.Advance(Seconds(60));
        Assert.Equal(0, Connector.Opens.Calls);

        Return(AcquireMany(pool, 3));

        Assert.Equal(3, Connector.Opens.Calls);
        Assert.Equal([3, 2, 1], AcquireMany(pool, 3).Select(lease => lease.ConnectionId));
    }

    [Fact]
    public void A_blocking_pool_waits_for_its_timeout_or_for_ever()
    {
        var pool = Create(options => (options.MaxSize, options.AcquireTimeout) = (1, Seconds(3)));
        var lease = Acquire(pool);
        var limited = BeginAcquire(pool);
        var unlimited = BeginAcquire(pool, Timeout.InfiniteTimeSpan);

        World.Advance(Seconds(3));
        Failure<AcquireTimeoutException>(limited);
        World.Advance(TimeSpan.FromDays(7));
        Assert.False(unlimited.IsCompleted);

        lease.Dispose();
        World.Run();
        unlimited.Result.Dispose();
    }

    [Fact]
    public void A_size_of_zero_is_refused() =>
        Assert.Throws<ArgumentException>(() => Create(options => options.MaxSize = 0));

    [Fact]
    public void Nothing_can_be_put_into_a_full_pool_nor_a_lease_into_another()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize) = (1, 1));
        Assert.False(pool.TryAttach(new ScriptedConnection(99)));

        var lease = Acquire(pool);
        Connector = ScriptedConnection.Connector();
        var other = Create(options => options.MaxSize = 1);
        Assert.Throws<ForeignLeaseException>(() => other.Ref.Tell(new ReleaseLease<ScriptedConnection>(lease)));

        Assert.True(lease.IsActive);
        lease.Dispose();
        Assert.Equal((1, 0), (pool.Snapshot().Idle, other.Snapshot().Size));
    }

    [Fact]
    public void A_second_return_gives_no_connection_to_two_callers_though_there_is_room()
    {
        var pool = Create();
        var lease = Acquire(pool);
        lease.Dispose();
        lease.Dispose();

        Assert.Equal(2, AcquireMany(pool, 2).Select(each => each.ConnectionId).Distinct().Count());
        Assert.Equal(1, pool.Snapshot().RepeatedReleases);
    }

    [Fact]
    public void A_stale_connection_is_replaced_without_costing_an_attempt()
    {
        var pool = Create(options => options.ValidateAfterIdle = TimeSpan.Zero);
        Touch(pool);
        Connector.Kill(Connector.Open[0]);

        var use = Use(pool, Options(maxAttempts: 1), _ => null);

        Assert.Equal(1, use.Result);
        Assert.Equal(2, Assert.Single(Calls).ConnectionId);
        Assert.Empty(Failures);
    }

    [Fact]
    public void A_closed_pool_gives_nothing_takes_back_what_is_out_and_stays_closed()
    {
        var pool = Create();
        var lease = Acquire(pool);

        var first = pool.DrainAsync(Seconds(60));
        World.Run();
        Failure<PoolClosedException>(BeginAcquire(pool));
        Assert.Equal(1, lease.Connection.Id);
        lease.Dispose();
        World.Run();

        Assert.True(first.IsCompletedSuccessfully && pool.DrainAsync().IsCompletedSuccessfully);
        Assert.Equal(CloseReason.PoolClosed, Assert.Single(Connector.Closed).Reason);
        World.Advance(TimeSpan.FromDays(1));
        Failure<PoolClosedException>(BeginAcquire(pool));
        Assert.Equal(1, Connector.OpenedCount);
    }

    [Fact]
    public void Each_connect_counts_although_the_server_ends_every_connection_after_five_requests()
    {
        var pool = Create(options => options.ValidateAfterIdle = TimeSpan.Zero);

        for (var request = 1; request <= 7; request++)
        {
            using var lease = Acquire(pool);
            if (lease.UseCount == 5)
            {
                Connector.Kill(lease.Connection);
            }
        }

        Assert.Equal((2L, 1), (pool.Snapshot().Opened, pool.Snapshot().Size));
    }
}
