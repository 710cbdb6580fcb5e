using System.Net;
using System.Net.Security;
using ActorPool.Http.Origins;

namespace ActorPool.Http.Tests;

public sealed class HttpPoolOptionsTests
{
    [Fact]
    public async Task The_defaults_can_be_used() => await new HttpPools().DisposeAsync();

    [Fact]
    public void All_problems_are_reported_together_by_name()
    {
        var options = new HttpPoolOptions
        {
            MaxHttp2Streams = 0,
            MaxAutomaticRedirections = 0,
            UseProxy = false,
            Proxy = new WebProxy("http://127.0.0.1:3128"),
            UseCookies = false,
            CookieContainer = new CookieContainer(),
            Expect100ContinueTimeout = TimeSpan.FromSeconds(-2),
            Pool = { MaxLeasesPerConnection = 2, Endpoint = new Endpoint("x") },
            Tls = { ApplicationProtocols = [SslApplicationProtocol.Http2] },
            Tcp = { Tls = new TlsOptions(), Handshake = static (_, _, _) => default, StartTls = new StartTlsOptions(), Probe = static (_, _) => default, IsHarmless = static _ => true },
            Retry = { MaxAttempts = 0, Delay = TimeSpan.FromSeconds(-1), MaxDelay = TimeSpan.FromDays(2), MaxRetryAfter = TimeSpan.FromSeconds(-1) },
        };
        var error = Assert.Throws<ArgumentException>(() => new HttpPools(options));
        string[] names =
        [
            "MaxHttp2Streams is 0", "MaxAutomaticRedirections is 0", "Proxy is set", "CookieContainer is set", "Expect100ContinueTimeout is",
            "Pool.MaxLeasesPerConnection is 2", "Pool.Endpoint is set", "Tls.ApplicationProtocols is set", "Tcp.Tls is set", "Tcp.Handshake is set",
            "Tcp.StartTls is set", "Tcp.Probe is set", "Tcp.IsHarmless is set", "Retry.MaxAttempts is 0", "Retry.Delay is", "Retry.MaxDelay is",
            "Retry.MaxRetryAfter is",
        ];
        Assert.All(names, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void What_must_be_there_is_asked_for_by_name()
    {
        var error = Assert.Throws<ArgumentException>(() => new HttpPools(new HttpPoolOptions { Pool = null!, Tcp = null!, Tls = null!, Retry = null! }));
        Assert.Contains("Pool is null; Tcp is null; Tls is null; Retry is null", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_of_the_options_within_are_found_when_the_pools_are_made()
    {
        Assert.Contains("MaxSize", Assert.Throws<ArgumentException>(() => new HttpPools(new HttpPoolOptions { Pool = { MaxSize = 0 } })).Message, StringComparison.Ordinal);
        Assert.Contains("MaxPools", Assert.Throws<ArgumentException>(() => new HttpPools(new HttpPoolOptions { MaxPools = 0 })).Message, StringComparison.Ordinal);
        Assert.Contains("Tls.CaFile", Assert.Throws<ArgumentException>(() => new HttpPools(new HttpPoolOptions { Tls = { CaFile = " " } })).Message, StringComparison.Ordinal);
        Assert.Contains("KeepAliveTime", Assert.Throws<ArgumentException>(() => new HttpPools(new HttpPoolOptions { Tcp = { KeepAliveTime = TimeSpan.Zero } })).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("ftp://localhost/"), InlineData("/relative")]
    public async Task A_pool_is_asked_for_by_an_absolute_address_of_http(string address)
    {
        await using var pools = new HttpPools();
        Assert.Throws<ArgumentException>(nameof(address), () => pools.GetPool(new Uri(address, UriKind.RelativeOrAbsolute)));
    }

    [Fact]
    public async Task One_origin_written_in_two_ways_is_one_pool()
    {
        await using var pools = new HttpPools(new HttpPoolOptions { UseProxy = false });
        var pool = pools.GetPool(new Uri("HTTP://Example.test:80/a"));
        Assert.Same(pool, pools.GetPool(new Uri("http://example.test/b?c")));
        Assert.NotSame(pool, pools.GetPool(new Uri("https://example.test/")));
        Assert.NotSame(pool, pools.GetPool(new Uri("http://example.test:81/")));
        Assert.NotSame(pool, pools.GetPool(new Uri("http://example.test./")));
        Assert.Equal("http@http://example.test:80", pool.Name);
    }

    [Fact]
    public async Task A_pools_options_can_be_changed_by_origin()
    {
        await using var pools = new HttpPools(new HttpPoolOptions
        {
            UseProxy = false,
            ConfigurePool = static (endpoint, pool) => pool.MaxSize = endpoint.Host == "big.test" ? 64 : 2,
        });
        Assert.Equal(64, pools.GetPool(new Uri("http://big.test")).Snapshot().MaxSize);
        Assert.Equal(2, pools.GetPool(new Uri("http://small.test")).Snapshot().MaxSize);
    }

    [Theory, InlineData(1), InlineData(Timeout.Infinite)]
    public void The_handler_of_a_connection_does_not_clean_up_whatever_it_is_configured_to(int idleMs)
    {
        var settings = Options.HttpPoolSettings.From(new HttpPoolOptions
        {
            ConfigureConnection = handler => handler.PooledConnectionIdleTimeout = TimeSpan.FromMilliseconds(idleMs),
        });
        var origin = new Origin(new OriginKey(IsSecure: false, "one.test", 80, HttpProtocol.Http1, Proxy: null, IsTunnelled: false), proxyNumber: 0);
        using var handler = settings.Connection.NewHandler(origin, static (_, _) => throw new InvalidOperationException());

        // it reads from its idle connection every 30 s if this is infinite, otherwise every quarter of it
        Assert.InRange(handler.PooledConnectionIdleTimeout / 4, TimeSpan.FromDays(5), TimeSpan.FromMilliseconds(uint.MaxValue - 1));
        Assert.Equal(Timeout.InfiniteTimeSpan, handler.PooledConnectionLifetime);
    }

    [Theory]
    [InlineData(typeof(TlsOptions), nameof(TlsOptions.TargetHost), nameof(TlsOptions.ApplicationProtocols))]
    [InlineData(typeof(TcpConnectorOptions), nameof(TcpConnectorOptions.Tls), nameof(TcpConnectorOptions.Handshake), nameof(TcpConnectorOptions.StartTls), nameof(TcpConnectorOptions.Probe), nameof(TcpConnectorOptions.IsHarmless))]
    public void No_option_is_lost_on_the_way_to_the_connector(Type options, params string[] ours)
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "src/ActorPool.Http/Options/ConnectionSettings.cs"));
        var names = options.GetProperties().Select(property => property.Name).Except(ours).ToList();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"{name} = options.{name},", source, StringComparison.Ordinal));
    }
}
