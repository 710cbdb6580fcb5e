using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using ActorPool.TestKit;
using ActorPool.Tests.Net;

namespace ActorPool.Tests.Seeds;

// Disconnecting, and what only sockets show.
public sealed partial class RedisPyTests
{
    [Theory]
    [InlineData(EvictMode.Soft, 1)]
    [InlineData(EvictMode.Hard, 2)]
    public void Disconnecting_closes_idle_connections_or_all_of_them_and_the_pool_stays_usable(EvictMode mode, int closed)
    {
        var pool = Create();
        var leases = AcquireMany(pool, 2);
        leases[0].Dispose();

        _ = pool.EvictAsync(mode);
        World.Run();

        Assert.Equal(closed, Connector.Closed.Count);
        Assert.Equal(mode == EvictMode.Soft, leases[1].IsActive);
        if (mode == EvictMode.Hard)
        {
            Assert.Equal(CloseReason.Evicted, Assert.Throws<LeaseRevokedException>(() => leases[1].Connection).Why);
        }

        Assert.Equal(3, Touch(pool));
        leases[1].Dispose();
    }

    [Fact]
    public void A_closed_pool_opens_nothing_any_more()
    {
        var pool = Create();
        Touch(pool);
        _ = pool.DrainAsync();
        World.Run();

        Failure<PoolClosedException>(BeginAcquire(pool));
        Assert.Equal(1, Connector.OpenedCount);
    }

    [Fact]
    public void Secrets_show_nowhere()
    {
        const string secret = "hunter2";
        var credentials = new Credentials("ann", secret);
        Connector.Opens.Always(StepPlan.Fail(Broken));
        var pool = Create(options =>
        {
            (options.Endpoint, options.UnavailableAfter) = (Endpoint.Parse("redis://cache/0"), TimeSpan.Zero);
            options.Credentials = CredentialProvider.Create((_, _) => ValueTask.FromResult(credentials));
        });

        var error = Failure<EndpointUnavailableException>(BeginAcquire(pool));

        Assert.All(
            [credentials.ToString(), error.ToString(), pool.Snapshot().ToReport(), pool.Ref.ToString()],
            text => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("redis://Cache.Internal/7", "redis://cache.internal:6379/7")]
    [InlineData("REDISS://cache", "rediss://cache:6379")]
    [InlineData("redis://[::1]:7000", "redis://[::1]:7000")]
    public void An_address_is_read_whatever_the_case_of_its_scheme(string text, string endpoint) =>
        Assert.Equal(endpoint, Endpoint.Parse(text).ToString());

    [Theory]
    [InlineData("redis://ann:hunter2@cache/7")]
    [InlineData("redis://cache:port")]
    [InlineData("redis:///7")]
    public void An_address_that_is_none_is_refused_without_repeating_a_password(string text) =>
        Assert.DoesNotContain("hunter2", Assert.Throws<FormatException>(() => Endpoint.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_reply_that_comes_too_late_is_never_read_by_the_next_caller()
    {
        using var server = new LoopbackServer();
        await using var pool = ConnectionPool.Create(new TcpConnector("127.0.0.1", server.Port), new PoolOptions { MaxSize = 1 });
        using var cancellation = new CancellationTokenSource();
        var use = pool.UseAsync(
            static async (stream, token) =>
            {
                await stream.WriteAsync(new byte[] { 1 }, token);
                return await OpenedStream.ReadOneAsync(stream, token);
            },
            cancellation.Token).AsTask();
        await using var first = await server.AcceptAsync();
        Assert.Equal(1, await OpenedStream.ReadOneAsync(first));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => use);
        _ = await Record.ExceptionAsync(async () => await first.WriteAsync(new byte[] { 99 }));

        Assert.Equal(8, await AskAsync(pool, server, question: 7));
        Assert.Equal(2, pool.Snapshot().Opened);
    }

    [Fact]
    public async Task A_reply_that_was_left_unread_is_never_read_by_the_next_caller()
    {
        using var server = new LoopbackServer();
        await using var pool = ConnectionPool.Create(new TcpConnector("127.0.0.1", server.Port), new PoolOptions { MaxSize = 1 });
        var lease = await pool.AcquireAsync(Patience);
        await using var first = await server.AcceptAsync();
        await lease.Connection.WriteAsync(new byte[] { 1 });
        await first.WriteAsync(new byte[] { 98, 99 });
        Assert.Equal(98, await OpenedStream.ReadOneAsync(lease.Connection));

        lease.Dispose();

        Assert.Equal(8, await AskAsync(pool, server, question: 7));
        Assert.Equal(2, pool.Snapshot().Opened);
    }

    [Fact]
    public async Task After_a_read_that_timed_out_the_connection_serves_nobody()
    {
        using var server = new LoopbackServer();
        await using var pool = ConnectionPool.Create(new TcpConnector("127.0.0.1", server.Port), new PoolOptions { MaxSize = 1 });
        using (var lease = await pool.AcquireAsync(Patience))
        {
            var stream = lease.Connection;
            stream.ReadTimeout = 20;
            await Task.Run(() => Assert.Throws<IOException>(() => stream.ReadByte())).WaitAsync(Patience);
        }

        await using var first = await server.AcceptAsync();
        _ = await Record.ExceptionAsync(async () => await first.WriteAsync(new byte[] { 99 }));

        Assert.Equal(8, await AskAsync(pool, server, question: 7));
    }

    [Fact]
    public async Task Every_address_is_tried_before_it_is_an_error()
    {
        using var refused = new RefusedPort();
        using var server = new LoopbackServer();
        await using var pool = ConnectionPool.Create(
            TcpConnector.ForEndPoints([refused.EndPoint, server.EndPoint]), new PoolOptions { MaxSize = 1 });
        using (await pool.AcquireAsync(Patience))
        {
            await using var peer = await server.AcceptAsync();
        }

        await using var none = ConnectionPool.Create(
            TcpConnector.ForEndPoints([refused.EndPoint, refused.EndPoint]), new PoolOptions { UnavailableAfter = TimeSpan.Zero });
        var error = await Assert.ThrowsAsync<EndpointUnavailableException>(() => none.AcquireAsync(Patience).AsTask());
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(error.InnerException, exactMatch: false).SocketErrorCode);
        Assert.ThrowsAny<ArgumentException>(() => TcpConnector.ForEndPoints(Array.Empty<EndPoint>()));
    }

    [Fact]
    public async Task Keepalive_can_be_thirty_five_three_or_off_and_small_writes_never_wait()
    {
        await using var on = await OpenedStream.OpenAsync(tls: false, new TcpConnectorOptions
        {
            KeepAliveTime = Seconds(30),
            KeepAliveInterval = Seconds(5),
            KeepAliveRetryCount = 3,
        });
        await using var off = await OpenedStream.OpenAsync(tls: false, new TcpConnectorOptions { KeepAlive = false });

        SocketOptionName[] numbers = [SocketOptionName.TcpKeepAliveTime, SocketOptionName.TcpKeepAliveInterval, SocketOptionName.TcpKeepAliveRetryCount];
        Assert.Equal([30, 5, 3], numbers.Select(number => (int)on.Stream.Socket.GetSocketOption(SocketOptionLevel.Tcp, number)!));
        Assert.Equal(0, off.Stream.Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.True(on.Stream.Socket.NoDelay && off.Stream.Socket.NoDelay);
    }

    [Fact]
    public async Task A_connection_that_is_closed_ends_in_good_order_for_the_server()
    {
        using var server = new LoopbackServer();
        await using var pool = ConnectionPool.Create(new TcpConnector("127.0.0.1", server.Port));
        (await pool.AcquireAsync(Patience)).Dispose();
        await using var peer = await server.AcceptAsync();

        await pool.EvictAsync();

        Assert.Equal(-1, await OpenedStream.ReadOneAsync(peer));
    }

    [Fact]
    public async Task Tls_checks_the_certificate_and_the_name_unless_told_otherwise()
    {
        var defaults = new TlsOptions();
        Assert.True(defaults.CheckHostName && !defaults.DangerouslySkipVerification);

        using var server = new LoopbackServer();
        await using var pool = ConnectionPool.Create(
            new TcpConnector("127.0.0.1", server.Port, new TcpConnectorOptions { Tls = defaults }));
        var serving = server.AcceptTlsAsync();

        var error = await Assert.ThrowsAsync<ConnectFailedException>(() => pool.AcquireAsync(Patience).AsTask());

        Assert.Equal(OpenFailureKind.Certificate, error.Kind);
        Assert.IsType<AuthenticationException>(error.InnerException, exactMatch: false);
        _ = await Record.ExceptionAsync(async () => await (await serving).DisposeAsync());
    }

    [Fact]
    public async Task A_plain_client_on_a_tls_port_loses_its_connection()
    {
        using var server = new LoopbackServer();
        await using var pool = ConnectionPool.Create(new TcpConnector("127.0.0.1", server.Port), new PoolOptions { MaxSize = 1 });
        var serving = Record.ExceptionAsync(() => server.AcceptTlsAsync());

        var use = pool.UseAsync(static async (stream, token) =>
        {
            await stream.WriteAsync("PING\r\n"u8.ToArray(), token);
            var reply = new byte[64];
            while (await stream.ReadAsync(reply, token) > 0)
            {
            }

            throw new EndOfStreamException();
        }).AsTask().WaitAsync(Patience);

        Assert.NotNull(await serving);
        await Assert.ThrowsAnyAsync<IOException>(() => use);
        Assert.Equal(0, pool.Snapshot().Idle);
    }

    /// <summary>The next caller asks on a new connection, and hears the answer to its own question.</summary>
    static async Task<int> AskAsync(ConnectionPool<Stream> pool, LoopbackServer server, byte question)
    {
        using var lease = await pool.AcquireAsync(Patience);
        await using var peer = await server.AcceptAsync();
        await lease.Connection.WriteAsync(new[] { question });
        Assert.Equal(question, await OpenedStream.ReadOneAsync(peer));
        await peer.WriteAsync(new[] { (byte)(question + 1) });
        return await OpenedStream.ReadOneAsync(lease.Connection);
    }
}
