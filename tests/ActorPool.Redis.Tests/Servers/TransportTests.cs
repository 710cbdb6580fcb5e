using ActorPool.Servers;
using ActorPool.TestKit;

namespace ActorPool.Redis.Tests.Servers;

/// <summary>TLS, client certificates and Unix sockets, as URLs say them.</summary>
public sealed class TransportTests(SharedRedis shared) : RedisTest, IClassFixture<SharedRedis>
{
    public static TheoryData<int> Protocols => [2, 3];

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task A_server_whose_certificate_is_trusted_is_spoken_to_over_tls(int protocol)
    {
        var server = await shared.GetAsync();
        var pool = PoolAt($"rediss://localhost:{server.TlsPort}/1?ssl_ca_certs={Uri.EscapeDataString(server.Certificates.Ca)}&protocol={protocol}");

        Assert.Contains(" db=1 ", await AskAsync(pool, "CLIENT", "INFO"), StringComparison.Ordinal);
        Assert.Equal("mine", await AskAsync(pool, "ECHO", "mine"));
        Assert.Equal(1, pool.Snapshot().Opened);
    }

    [SkippableFact]
    public async Task A_certificate_that_is_not_trusted_fails_at_once()
    {
        var server = await shared.GetAsync();

        var error = await Assert.ThrowsAsync<ConnectFailedException>(() => AskAsync(PoolAt($"rediss://localhost:{server.TlsPort}"), "PING"));

        Assert.Equal(OpenFailureKind.Certificate, error.Kind);
    }

    [SkippableFact]
    public async Task A_certificate_for_another_host_fails_unless_the_host_is_not_checked()
    {
        var listening = Own(await RedisServer.StartWithTlsAsync("--bind", "127.0.0.1", "127.0.0.2"));
        var url = $"rediss://127.0.0.2:{listening.TlsPort}?ssl_ca_certs={Uri.EscapeDataString(listening.Certificates.Ca)}";

        var error = await Assert.ThrowsAsync<ConnectFailedException>(() => AskAsync(PoolAt(url), "PING"));

        Assert.Equal(OpenFailureKind.Certificate, error.Kind);
        Assert.Equal("PONG", await AskAsync(PoolAt(url + "&ssl_check_hostname=false"), "PING"));
        Assert.Equal("PONG", await AskAsync(PoolAt($"rediss://127.0.0.2:{listening.TlsPort}?ssl_cert_reqs=none"), "PING"));
    }

    [SkippableFact]
    public async Task A_server_that_wants_a_certificate_gets_ours_or_refuses()
    {
        var server = Own(await RedisServer.StartWithTlsAsync("--tls-auth-clients", "yes"));
        var files = server.Certificates;
        var url = $"rediss://localhost:{server.TlsPort}?ssl_ca_certs={Uri.EscapeDataString(files.Ca)}";

        Assert.Equal("PONG", await AskAsync(
            PoolAt($"{url}&ssl_certfile={Uri.EscapeDataString(files.Client)}&ssl_keyfile={Uri.EscapeDataString(files.ClientKey)}"), "PING"));
        var error = await Assert.ThrowsAsync<ConnectFailedException>(() => AskAsync(PoolAt(url), "PING"));

        Assert.Equal(OpenFailureKind.Certificate, error.Kind);
    }

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task A_unix_socket_is_spoken_to(int protocol)
    {
        var server = await shared.GetAsync();
        var pool = PoolAt($"unix://{server.UnixSocket}?db=2&protocol={protocol}");

        Assert.Contains(" db=2 ", await AskAsync(pool, "CLIENT", "INFO"), StringComparison.Ordinal);
        Assert.Contains(server.UnixSocket, await AskAsync(pool, "CLIENT", "INFO"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Plain_redis_on_a_tls_port_fails_in_time_and_says_something()
    {
        var server = await shared.GetAsync();
        var time = new VirtualTime();
        var pool = PoolAt($"redis://127.0.0.1:{server.TlsPort}", time: time);

        var asking = AskAsync(pool, "PING");
        await UntilAsync(() => pool.Snapshot().LastOpenError is not null, "a failed open");
        time.Advance(new RedisPoolOptions().Pool.AcquireTimeout);

        await Assert.ThrowsAnyAsync<PoolException>(() => asking);
    }
}
