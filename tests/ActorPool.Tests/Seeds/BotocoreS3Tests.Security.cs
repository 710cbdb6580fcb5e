using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ActorPool.Servers;
using ActorPool.TestKit;
using ActorPool.Tests.Net;

namespace ActorPool.Tests.Seeds;

// Sockets, TLS, credentials, monitoring.
public sealed partial class BotocoreS3Tests
{
    [Fact]
    public async Task A_refused_connect_and_an_unknown_host_are_one_kind_of_error_with_the_sockets_own_inside()
    {
        using var port = new RefusedPort();
        var unknown = new TcpConnector("nowhere.invalid", 443) { Resolve = (_, _) => throw new SocketException((int)SocketError.HostNotFound) };
        var options = new PoolOptions { UnavailableAfter = TimeSpan.Zero };
        await using var refusing = ConnectionPool.Create(new TcpConnector("127.0.0.1", port.EndPoint.Port), options);
        await using var missing = ConnectionPool.Create(unknown, options);

        var errors = new List<SocketError>();
        foreach (var pool in new[] { refusing, missing })
        {
            var error = await Assert.ThrowsAsync<EndpointUnavailableException>(() => pool.AcquireAsync(Patience).AsTask());
            errors.Add(Assert.IsType<SocketException>(error.InnerException, exactMatch: false).SocketErrorCode);
        }

        Assert.Equal([SocketError.ConnectionRefused, SocketError.HostNotFound], errors);
    }

    [Fact]
    public async Task A_server_that_closes_before_it_replies_costs_the_connection()
    {
        using var server = new LoopbackServer();
        await using var pool = ConnectionPool.Create(new TcpConnector("127.0.0.1", server.Port), new PoolOptions { MaxSize = 1 });
        var lease = await pool.AcquireAsync(Patience);
        await lease.Connection.WriteAsync("GET /\n"u8.ToArray());
        await (await server.AcceptAsync()).DisposeAsync();

        var end = await Record.ExceptionAsync(async () => Assert.Equal(-1, await OpenedStream.ReadOneAsync(lease.Connection)));
        Assert.True(end is null or IOException, $"{end}");
        lease.Dispose();
        using var next = await pool.AcquireAsync(Patience);

        Assert.Equal(2, next.ConnectionId);
    }

    [Theory]
    [InlineData("by default", false)]
    [InlineData("no verification", true)]
    [InlineData("a CA bundle", true)]
    public async Task A_certificate_is_verified_against_the_system_or_a_bundle_or_not_at_all(string verify, bool isTrusted)
    {
        using var server = new LoopbackServer();
        var tls = verify switch
        {
            "no verification" => new TlsOptions { DangerouslySkipVerification = true },
            "a CA bundle" => OpenedStream.TrustingTls(),
            _ => new TlsOptions(),
        };
        await using var pool = ConnectionPool.Create(new TcpConnector("127.0.0.1", server.Port, new TcpConnectorOptions { Tls = tls }));
        var serving = server.AcceptTlsAsync();

        var error = await Record.ExceptionAsync(async () => (await pool.AcquireAsync(Patience)).Dispose());

        Assert.Equal(isTrusted ? null : OpenFailureKind.Certificate, (error as ConnectFailedException)?.Kind);
        Assert.Equal(isTrusted, error is null);
        _ = await Record.ExceptionAsync(async () => await (await serving).DisposeAsync());
    }

    [Fact]
    public async Task A_client_certificate_is_shown_to_a_server_that_asks()
    {
        using var server = new LoopbackServer();
        var tls = OpenedStream.TrustingTls();
        tls.ClientCertificate = TestCertificates.Client;
        await using var pool = ConnectionPool.Create(new TcpConnector("127.0.0.1", server.Port, new TcpConnectorOptions { Tls = tls }));
        X509Certificate? shown = null;
        var serving = server.AcceptTlsAsync(new()
        {
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => (shown = certificate) is not null,
        });

        (await pool.AcquireAsync(Patience)).Dispose();
        await using var peer = await serving;

        Assert.Equal("CN=client", shown?.Subject);
    }

    [Fact]
    public void An_untrusted_certificate_is_not_tried_again()
    {
        Connector.Kinds = static _ => OpenFailureKind.Certificate;
        Connector.Opens.Always(StepPlan.Fail(Broken));

        var use = Use(Create(), RetryOptions.BotocoreLegacy, _ => null);

        Assert.Equal(OpenFailureKind.Certificate, Failure<ConnectFailedException>(use).Kind);
        Assert.Equal(1, Connector.Opens.Calls);
    }

    [Fact]
    public async Task Small_writes_never_wait_and_the_systems_keepalive_can_be_off()
    {
        await using var opened = await OpenedStream.OpenAsync(tls: false, new TcpConnectorOptions { KeepAlive = false });

        Assert.True(opened.Stream.Socket.NoDelay);
        Assert.Equal(0, opened.Stream.Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
    }

    [Fact]
    public void An_endpoint_with_a_password_in_it_is_refused_and_not_repeated()
    {
        var error = Assert.Throws<FormatException>(() => Endpoint.Parse("http://u:p@proxy"));

        Assert.DoesNotContain("p@", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("u:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void New_credentials_reach_new_connections_and_the_pool_stays()
    {
        var users = new List<string?>();
        Connector = new ScriptedConnector<ScriptedConnection>(context =>
        {
            users.Add(context.Credentials?.UserName);
            return new ScriptedConnection(context.ConnectionId);
        });
        var asked = new List<double>();
        var key = 1;
        var pool = Create(options =>
        {
            (options.MinSize, options.IdleTimeout, options.MaxLifetime) = (1, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            options.Credentials = CredentialProvider.Create((_, _) =>
            {
                asked.Add(NowMs / 60_000);
                return ValueTask.FromResult(new Credentials($"key{key}", "secret", World.Time.GetUtcNow() + TimeSpan.FromMinutes(45)));
            });
        });
        Assert.Equal(["key1"], users);

        key = 2;
        World.Advance(TimeSpan.FromMinutes(44));
        Assert.Equal([0], asked);
        World.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(["key1", "key2"], users);
        Assert.Equal(CloseReason.CredentialsChanged, Assert.Single(Connector.Closed).Reason);
        Assert.Equal((1, false), (pool.Snapshot().Idle, pool.Snapshot().IsClosed));
    }

    [Fact]
    public void Where_credentials_are_configured_a_host_without_any_is_refused()
    {
        var directory = CreateDirectory(options => options.CredentialsByHost["s3.amazonaws.com"] = CredentialProvider.Fixed("key", "secret"));

        Assert.Equal(PoolFailureReason.NoCredentials, Assert.Throws<PoolException>(() => directory.GetPool("minio:9000")).Reason);
        Assert.NotNull(directory.GetPool("s3.amazonaws.com"));

        End(directory);
    }

    [Fact]
    public void What_happens_in_a_pool_is_told_to_who_asks()
    {
        var pool = Create();
        var heard = new List<PoolEvent>();
        using var subscription = pool.Subscribe(heard.Add);

        Failure<IOException>(Fail(pool, null, Broken));

        Assert.Equal([typeof(ConnectionOpened), typeof(ConnectionClosed)], heard.Select(happened => happened.GetType()));
        Assert.Same(Broken, Assert.IsType<ConnectionClosed>(heard[1]).LastError);
    }
}
