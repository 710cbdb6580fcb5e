using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ActorPool.Servers;
using ActorPool.TestKit;
using ActorPool.Tests.Net;

namespace ActorPool.Tests;

/// <summary>
/// What is wrong with an endpoint, through a whole pool on real sockets, on a clock that the test moves: every fault has its own
/// error within its time, its slot is free afterwards, and neither side keeps anything.
/// </summary>
[Collection(RealThreads.Name)]
public sealed class BadInputTests
{
    /// <summary>Nothing here takes long; a busy machine may.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    static readonly TimeSpan ConnectTimeout = TimeSpan.FromMilliseconds(150);
    static readonly TimeSpan AcquireTimeout = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task An_unknown_host_times_out_with_the_resolvers_error_inside()
    {
        var connector = new TcpConnector("nowhere.invalid", 5432)
        {
            Resolve = static (_, _) => throw new SocketException((int)SocketError.HostNotFound),
        };

        var error = await FailAsync<AcquireTimeoutException>(connector);

        var inner = Assert.IsType<SocketException>(error.InnerException);
        Assert.Equal(SocketError.HostNotFound, inner.SocketErrorCode);
        Assert.Contains("Could not resolve nowhere.invalid", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_this_machine_cannot_resolve_costs_no_more_than_the_timeout()
    {
        // How long the system's resolver takes to say no is its own affair; the connect timeout bounds it.
        var error = await FailAsync<AcquireTimeoutException>(new TcpConnector("actorpool.invalid", 5432), hangs: true);

        Assert.True(error.InnerException is SocketException or ConnectTimeoutException, $"{error.InnerException}");
    }

    [Fact]
    public async Task A_refused_port_times_out_with_the_refusal_inside()
    {
        using var refused = new RefusedPort();

        var error = await FailAsync<AcquireTimeoutException>(new TcpConnector("127.0.0.1", refused.EndPoint.Port));

        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(error.InnerException).SocketErrorCode);
        Assert.Contains($"127.0.0.1:{refused.EndPoint.Port}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_has_refused_for_long_enough_is_unavailable_and_fails_at_once()
    {
        using var refused = new RefusedPort();

        var error = await FailAsync<EndpointUnavailableException>(
            new TcpConnector("127.0.0.1", refused.EndPoint.Port),
            static options => { options.UnavailableAfter = TimeSpan.Zero; options.AcquireTimeout = Timeout.InfiniteTimeSpan; });

        Assert.IsType<SocketException>(error.InnerException);
        Assert.True(error.NextAttemptIn >= TimeSpan.Zero);
    }

    [Fact]
    public async Task A_certificate_for_another_name_fails_the_acquire_at_once()
    {
        await using var server = new TrackingServer(ServeTls);
        var tls = OpenedStream.TrustingTls();
        tls.TargetHost = "db.internal";
        var connector = new TcpConnector("127.0.0.1", server.Port, new() { Tls = tls });

        var error = await FailAsync<ConnectFailedException>(
            connector, static options => { options.AcquireTimeout = Timeout.InfiniteTimeSpan; options.ConnectTimeout = Patience; }, server);

        Assert.Equal(OpenFailureKind.Certificate, error.Kind);
        Assert.Contains("not for db.internal", error.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls_fails_the_acquire_at_once()
    {
        await using var server = new TrackingServer(
            static stream => stream.WriteAsync("220 mail.example ESMTP\r\n"u8.ToArray()).AsTask());
        var connector = new TcpConnector("127.0.0.1", server.Port, new() { Tls = OpenedStream.TrustingTls() });

        var error = await FailAsync<ConnectFailedException>(
            connector, static options => { options.AcquireTimeout = Timeout.InfiniteTimeSpan; options.ConnectTimeout = Patience; }, server);

        Assert.Equal(OpenFailureKind.Configuration, error.Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_accepts_and_says_nothing_times_out(bool tls)
    {
        await using var server = new TrackingServer();
        var connector = new TcpConnector("127.0.0.1", server.Port, tls
            ? new() { Tls = OpenedStream.TrustingTls() }
            : new() { Handshake = ReadGreeting });

        var error = await FailAsync<AcquireTimeoutException>(connector, server: server, hangs: true);

        var inner = Assert.IsType<ConnectTimeoutException>(error.InnerException);
        Assert.Contains("0.150 s (ConnectTimeout)", inner.Message, StringComparison.Ordinal);
        Assert.True(server.Accepted > 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_says_nothing_for_long_enough_is_unavailable(bool tls)
    {
        await using var server = new TrackingServer();
        var connector = new TcpConnector("127.0.0.1", server.Port, tls
            ? new() { Tls = OpenedStream.TrustingTls() }
            : new() { Handshake = ReadGreeting });

        var error = await FailAsync<EndpointUnavailableException>(
            connector,
            static options => { options.UnavailableAfter = TimeSpan.Zero; options.AcquireTimeout = Timeout.InfiniteTimeSpan; },
            server,
            hangs: true);

        Assert.IsType<ConnectTimeoutException>(error.InnerException);
    }

    [Fact]
    public async Task A_server_that_hangs_up_in_the_handshake_times_out_with_its_end_inside()
    {
        await using var server = new TrackingServer(static stream =>
        {
            stream.Socket.Close();
            return Task.CompletedTask;
        });

        var error = await FailAsync<AcquireTimeoutException>(
            new TcpConnector("127.0.0.1", server.Port, new() { Handshake = ReadGreeting }), server: server);

        Assert.IsAssignableFrom<IOException>(error.InnerException);
    }

    [Fact]
    public async Task Wrong_credentials_fail_the_acquire_at_once()
    {
        await using var server = new TrackingServer(static stream => stream.WriteAsync("N"u8.ToArray()).AsTask());

        var error = await FailAsync<ConnectFailedException>(
            new TcpConnector("127.0.0.1", server.Port, new() { Handshake = LogIn }),
            static options => { options.AcquireTimeout = Timeout.InfiniteTimeSpan; options.ConnectTimeout = Patience; },
            server);

        Assert.Equal(OpenFailureKind.Credentials, error.Kind);
        Assert.IsType<InvalidCredentialException>(error.InnerException);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_slot_serves_again_when_the_server_has_come_to_its_senses()
    {
        await using var server = new TrackingServer();
        await using var pool = Create(new TcpConnector("127.0.0.1", server.Port, new() { Handshake = LogIn }));
        await Assert.ThrowsAsync<AcquireTimeoutException>(() => pool.AcquireAsync().AsTask().WaitAsync(Patience));

        server.Treat = static stream => stream.WriteAsync("Y"u8.ToArray()).AsTask();
        using (await pool.AcquireAsync(Patience))
        {
            Assert.Equal(1, pool.Snapshot().Leased);
        }

        Assert.Equal(PoolHealth.Healthy, pool.Snapshot().Health);
    }

    /// <summary>A pool of one at the endpoint: its error, and what is left when it has been thrown.</summary>
    static async Task<TError> FailAsync<TError>(
        TcpConnector connector, Action<PoolOptions>? configure = null, TrackingServer? server = null, bool hangs = false)
        where TError : PoolException
    {
        var time = new VirtualTime();
        var pool = Create(connector, configure, time);

        // More than the pool has room for: each is answered.
        var acquires = Enumerable.Range(0, 3).Select(_ => pool.AcquireAsync().AsTask()).ToList();
        if (hangs)
        {
            await Until(() => server is null ? pool.Snapshot() is { Opening: > 0 } or { OpensFailed: > 0 } : server.Accepted > 0);
            time.Advance(ConnectTimeout);
        }

        await Until(() => pool.Snapshot().OpensFailed > 0);
        if (typeof(TError) == typeof(AcquireTimeoutException))
        {
            time.Advance(AcquireTimeout - time.Elapsed);
        }

        foreach (var acquire in acquires)
        {
            var failure = await Record.ExceptionAsync(() => acquire.WaitAsync(Patience));
            Assert.IsType<TError>(failure);
        }

        var error = (TError)acquires[0].Exception!.InnerException!;
        Assert.Equal("bad", error.PoolName);
        Assert.InRange(error.Snapshot!.Size, 0, 1);

        // The slot is free, or being used by the pool's own next attempt; nobody waits.
        await Until(() => pool.Snapshot() is { Closing: 0, Waiting: 0, Leased: 0, Idle: 0 } now && now.Size == now.Opening);
        Assert.True(pool.Snapshot().OpensFailed > 0);
        Assert.Equal(0, pool.Snapshot().Opened);

        await pool.DrainAsync(TimeSpan.Zero).WaitAsync(Patience);
        Assert.Equal(0, pool.Snapshot().Size);
        if (server is not null)
        {
            await server.AllAreClosedAsync();
        }

        return error;
    }

    static ConnectionPool<Stream> Create(TcpConnector connector, Action<PoolOptions>? configure = null, TimeProvider? time = null)
    {
        var options = new PoolOptions
        {
            Name = "bad",
            MaxSize = 1,
            ConnectTimeout = ConnectTimeout,
            AcquireTimeout = AcquireTimeout,
            ReconnectBackoff = { Initial = TimeSpan.FromMilliseconds(20), Max = TimeSpan.FromMilliseconds(100) },
        };
        configure?.Invoke(options);
        return ConnectionPool.Create(connector, options, new PoolRuntime { TimeProvider = time ?? TimeProvider.System });
    }

    static async Task ServeTls(NetworkStream stream)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = TestCertificates.Server });
    }

    static async ValueTask ReadGreeting(Stream stream, OpenContext context, CancellationToken cancellationToken) =>
        await stream.ReadExactlyAsync(new byte[1], cancellationToken);

    static async ValueTask LogIn(Stream stream, OpenContext context, CancellationToken cancellationToken)
    {
        var answer = new byte[1];
        await stream.WriteAsync("s3cret"u8.ToArray(), cancellationToken);
        await stream.ReadExactlyAsync(answer, cancellationToken);
        if (answer[0] != (byte)'Y')
        {
            throw new InvalidCredentialException("The server does not let us in.");
        }
    }

    static async Task Until(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, "it did not happen");
            await Task.Yield();
        }
    }
}
