using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using ActorPool.Data;
using ActorPool.Hosting.Configuration;
using ActorPool.Http;
using ActorPool.Redis;

namespace ActorPool.Hosting.Tests.Configuration;

/// <summary>What connectors' objects say reaches their options.</summary>
public sealed class ConnectorReadersTests
{
    // any file that exists
    static readonly string File = typeof(PoolOptions).Assembly.Location;

    [Fact]
    public void Tcp_is_a_host_with_its_port_its_socket_and_TLS()
    {
        var tcp = Configured.Keys(
            ("pools:p:tcp:host", "echo.internal"), ("pools:p:tcp:port", "7"), ("pools:p:tcp:no-delay", "no"), ("pools:p:tcp:KeepAliveTime", "00:00:30"),
            ("pools:p:tcp:receive-buffer-size", "64KiB"), ("pools:p:tcp:address-family", "ipv6"), ("pools:p:tcp:connection-attempt-delay", "infinite"),
            ("pools:p:tcp:tls:ca-file", File), ("pools:p:tcp:tls:minimum-version", "tls1.3"), ("pools:p:tcp:tls:application-protocols:0", "h2"))
            .Connector<TcpEntry>("p");

        Assert.Equal(("echo.internal", 7, null), (tcp.Host, tcp.Port, tcp.UnixSocket));
        Assert.Equal(
            (false, 30, 65_536, null, AddressFamily.InterNetworkV6, Timeout.InfiniteTimeSpan),
            (tcp.Tcp.NoDelay, tcp.Tcp.KeepAliveTime.Seconds, tcp.Tcp.ReceiveBufferSize, tcp.Tcp.SendBufferSize, tcp.Tcp.AddressFamily, tcp.Tcp.ConnectionAttemptDelay));
        Assert.Equal((File, SslProtocols.Tls13, 1), (tcp.Tcp.Tls?.CaFile, tcp.Tcp.Tls?.MinimumVersion, tcp.Tcp.Tls?.ApplicationProtocols?.Count));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("on", true)]
    [InlineData("off", false)]
    [InlineData("false", false)]
    public void Tls_is_on_where_it_is_written_unless_it_is_off(string? value, bool isOn)
    {
        var tcp = Configured.Keys(
            ("tls:target-host", "all.internal"), ("pools:p:tcp:host", "a"), ("pools:p:tcp:port", "7"), ("pools:p:tcp:tls", value)).Connector<TcpEntry>("p");

        Assert.Equal(isOn ? "all.internal" : null, tcp.Tcp.Tls?.TargetHost);
    }

    [Fact]
    public void Defaults_beside_pools_hold_for_every_object_of_their_name()
    {
        var configured = Configured.Keys(
            ("tls:check-host-name", "no"), ("tcp:keep-alive", "no"), ("tcp:tls", "on"), ("redis:command-timeout", "1s"), ("replicas:strategy", "least-leased"),
            ("directory:max-pools", "7"),
            ("pools:one:tcp:host", "a"), ("pools:one:tcp:port", "7"),
            ("pools:plain:tcp:host", "a"), ("pools:plain:tcp:port", "7"), ("pools:plain:tcp:tls", "off"),
            ("pools:cache:redis:host", "c"),
            ("pools:group:tcp:endpoints", "a:7, b:7"),
            ("pools:many:redis:directory", null),
            ("pools:api:http", null));

        Assert.False(configured.Connector<TcpEntry>("one").Tcp.Tls!.CheckHostName);
        Assert.Null(configured.Connector<TcpEntry>("plain").Tcp.Tls);
        var cache = configured.Connector<RedisEntry>("cache").Connection;
        Assert.Equal((1, false, null), (cache.CommandTimeout.Seconds, cache.Tcp.KeepAlive, cache.Tcp.Tls));
        Assert.Equal(RoutingStrategy.LeastLeased, configured.Connector<TcpEntry>("group").Replicas.Strategy);
        Assert.Equal(7, configured.Connector<RedisEntry>("many").Directory?.MaxPools);
        var api = configured.Connector<HttpPoolOptions>("api");
        Assert.Equal((false, false), (api.Tcp.KeepAlive, api.Tls.CheckHostName));
    }

    [Fact]
    public void Replicas_are_endpoints_and_how_to_choose()
    {
        var configured = Configured.Keys(
            ("pools:p:tcp:endpoints:0", "a.internal:7"), ("pools:p:tcp:endpoints:1", "[::1]:8"), ("pools:p:tcp:strategy", "PowerOfTwoChoices"),
            ("pools:p:tcp:hedge-delay", "20ms"), ("pools:p:tcp:eject-after-faults", "2"), ("pools:p:tcp:max-ejected-share", "0.25"),
            ("pools:p:tcp:resolve-names", "true"), ("pools:p:max-size", "5"));
        var tcp = configured.Connector<TcpEntry>("p");

        Assert.Equal(["a.internal:7", "[::1]:8"], tcp.Endpoints.Select(endpoint => endpoint.ToString()));
        Assert.Equal(
            (RoutingStrategy.PowerOfTwoChoices, 20, 2, 0.25, true),
            (tcp.Replicas.Strategy, tcp.Replicas.HedgeDelay.Milliseconds, tcp.Replicas.EjectAfterFaults, tcp.Replicas.MaxEjectedShare, tcp.Replicas.ResolveNames));
        Assert.Same(configured.Pools["p"].Options, tcp.Replicas.Pool);
    }

    [Fact]
    public async Task A_directory_knows_who_logs_in_where()
    {
        var configured = Configured.Keys(
            ("pools:tenants:database:provider", "Npgsql"), ("pools:tenants:database:connection-string", "SSL Mode=Require"),
            ("pools:tenants:database:directory:max-pools", "1000"),
            ("pools:tenants:database:directory:default-credentials:user-name", "app"), ("pools:tenants:database:directory:default-credentials:password", "p"),
            ("pools:tenants:database:directory:credentials-by-host:db1.internal:user-name", "app1"),
            ("pools:tenants:database:directory:credentials-by-host:db1.internal:password", "p1"));
        var database = configured.Connector<DatabaseEntry>("tenants");

        var directory = Assert.IsType<PoolDirectoryOptions>(database.Directory);
        Assert.Equal(("tenants", 1000, "SSL Mode=Require"), (directory.Name, directory.MaxPools, database.ConnectionString));
        Assert.Same(configured.Pools["tenants"].Options, directory.Pool);
        var all = await directory.DefaultCredentials!.GetAsync(endpoint: null, CancellationToken.None);
        var one = await directory.CredentialsByHost["db1.internal"].GetAsync(endpoint: null, CancellationToken.None);
        Assert.Equal(("app", "p", "app1", "p1"), (all.UserName, all.Secret, one.UserName, one.Secret));
    }

    [Fact]
    public void Redis_is_a_URL_and_single_keys_that_come_before_it()
    {
        var configured = Configured.Keys(
            ("pools:p:redis:url", "rediss://app:pw@cache.internal:6380/2?max_connections=9&timeout=3&socket_timeout=7"),
            ("pools:p:redis:database", "5"), ("pools:p:redis:protocol", "resp3"), ("pools:p:redis:max-reply-bytes", "1MiB"),
            ("pools:p:redis:tls:ca-file", File), ("pools:p:redis:tcp:keep-alive-retry-count", "3"), ("pools:p:acquire-timeout", "1s"));
        var redis = configured.Connector<RedisEntry>("p").Connection;

        Assert.Equal(
            ("cache.internal", 6380, 5, "app", "pw", RedisProtocol.Resp3, 7, 1024 * 1024),
            (redis.Host, redis.Port, redis.Database, redis.UserName, redis.Password, redis.Protocol, redis.CommandTimeout.Seconds, redis.MaxReplyBytes));
        Assert.Equal((File, 3), (redis.Tcp.Tls?.CaFile, redis.Tcp.KeepAliveRetryCount));
        Assert.Equal((9, 1), (configured.Pools["p"].Options.MaxSize, configured.Pools["p"].Options.AcquireTimeout.Seconds));
    }

    [Fact]
    public void A_URL_with_TLS_takes_the_defaults_of_TLS_and_one_without_turns_it_off()
    {
        var configured = Configured.Keys(
            ("tls:ca-file", File), ("tls:client-certificate-file", File), ("redis:tls:client-key-file", File),
            ("pools:on:redis:url", "rediss://a"), ("pools:off:redis:url", "redis://a"), ("pools:kept:redis:host", "a"));

        var tls = configured.Connector<RedisEntry>("on").Connection.Tcp.Tls;
        Assert.Equal((File, File, File), (tls?.CaFile, tls?.ClientCertificateFile, tls?.ClientKeyFile));
        Assert.Null(configured.Connector<RedisEntry>("off").Connection.Tcp.Tls);
        Assert.NotNull(configured.Connector<RedisEntry>("kept").Connection.Tcp.Tls);
    }

    [Fact]
    public void Redis_without_a_word_is_that_of_this_machine()
    {
        var configured = Configured.Keys(("pools:p:redis", null));

        Assert.Equal("redis://localhost:6379/0", configured.Connector<RedisEntry>("p").Connection.ToString());
        Assert.Equal(new PoolOptions().MaxSize, configured.Pools["p"].Options.MaxSize);
    }

    [Fact]
    public void Http_has_options_of_its_own_and_those_of_its_pools()
    {
        var http = Configured.Keys(
            ("pools:api:max-size", "10"), ("pools:api:http:max-pools", "50"), ("pools:api:http:use-cookies", "off"), ("pools:api:http:tls:target-host", "x"),
            ("pools:api:http:automatic-decompression:0", "gzip"), ("pools:api:http:automatic-decompression:1", "brotli"),
            ("pools:api:http:proxy", "user:pw@proxy.internal:3128"), ("pools:api:http:expect-100-continue-timeout", "2s"),
            ("pools:api:http:retry:max-attempts", "3"), ("pools:api:http:retry:status-codes", "500, 503")).Connector<HttpPoolOptions>("api");

        Assert.Equal(
            ("api", 10, 50, false, "x", DecompressionMethods.GZip | DecompressionMethods.Brotli, 2),
            (http.Pool.Name, http.Pool.MaxSize, http.MaxPools, http.UseCookies, http.Tls.TargetHost, http.AutomaticDecompression, http.Expect100ContinueTimeout.Seconds));
        Assert.Equal("http://user:pw@proxy.internal:3128/", http.Proxy?.GetProxy(new Uri("http://a"))?.ToString());
        Assert.Equal((3, "InternalServerError, ServiceUnavailable"), (http.Retry.MaxAttempts, string.Join(", ", http.Retry.StatusCodes.Order())));
    }

    [Fact]
    public async Task A_database_is_a_provider_and_a_connection_string_and_perhaps_a_login_of_its_own()
    {
        var configured = Configured.Keys(
            ("pools:orders:database:provider", "Npgsql"), ("pools:orders:database:ConnectionString", "Host=db;Database=orders"),
            ("pools:orders:database:user-name", "app"), ("pools:orders:database:password", "pw"),
            ("pools:orders:database:reset", "session"), ("pools:orders:database:probe-sql", "none"), ("pools:orders:database:enlist-in-transactions", "no"));
        var database = configured.Connector<DatabaseEntry>("orders");

        Assert.Equal(
            ("Npgsql", "Host=db;Database=orders", DbReset.Session, null, false),
            (database.Provider, database.ConnectionString, database.Connector.Reset, database.Connector.ProbeSql, database.Connector.EnlistInTransactions));
        var credentials = await configured.Pools["orders"].Options.Credentials!.GetAsync(endpoint: null, CancellationToken.None);
        Assert.Equal(("app", "pw"), (credentials.UserName, credentials.Secret));
    }
}
