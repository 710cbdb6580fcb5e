using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using ActorPool.Http.Tests.Support;
using ActorPool.Servers;
using Microsoft.AspNetCore.Builder;

namespace ActorPool.Http.Tests;

public sealed class ProxyTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_plain_request_names_its_whole_target_and_connections_serve_all_hosts()
    {
        await using var proxy = RawServer.Answering(request => RawServer.Ok(request.Target));
        await using var client = NewClient(proxy);
        Assert.Equal("http://one.test/a", await client.GetTextAsync("http://one.test/a"));
        Assert.Equal("http://two.test:8080/b?c=d", await client.GetTextAsync("http://two.test:8080/b?c=d"));
        Assert.Equal("one.test", proxy.Requests[0]["Host"]);
        Assert.Equal(1, proxy.Accepted);
        Assert.Equal($"http@http://127.0.0.1:{proxy.Port}/via 127.0.0.1:{proxy.Port}", client.Snapshot.Name);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_plain_request_carries_the_login(bool inTheAddress)
    {
        await using var proxy = RawServer.Answering(RawServer.Ok("x"));
        await using var client = NewClient(proxy, inTheAddress);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://one.test/");
        (await client.Http.SendAsync(request)).Dispose();
        Assert.Equal("Basic dTpw", proxy.Requests[0]["Proxy-Authorization"]);
        Assert.False(request.Headers.Contains("Proxy-Authorization"));
    }

    [Theory, InlineData(null), InlineData(true), InlineData(false)]
    public async Task A_secure_request_goes_through_a_tunnel_to_a_server_that_the_proxy_cannot_read(bool? loginInTheAddress)
    {
        await using var server = await WebServer.StartAsync(
            application => Map(application, "behind the proxy"), overTls: true);
        await using var proxy = Tunnel(server.Address.Port);
        await using var client = NewClient(proxy, loginInTheAddress, Trusting);
        Assert.Equal("behind the proxy", await client.GetTextAsync($"{server.Address}"));
        Assert.Equal("behind the proxy", await client.GetTextAsync($"{server.Address}"));
        var connect = Assert.Single(proxy.Requests);
        Assert.Equal($"CONNECT localhost:{server.Address.Port} HTTP/1.1", connect.Line);
        Assert.Equal($"localhost:{server.Address.Port}", connect["Host"]);
        Assert.Equal(loginInTheAddress is null ? null : "Basic dTpw", connect["Proxy-Authorization"]);
        Assert.Equal($"http@https://localhost:{server.Address.Port}/via 127.0.0.1:{proxy.Port}", client.Snapshot.Name);
    }

    [Theory, InlineData(null), InlineData(true), InlineData(false)]
    public async Task A_web_socket_in_the_clear_goes_through_a_tunnel_and_its_server_does_not_see_the_login(bool? loginInTheAddress)
    {
        string? login = "";
        await using var server = await WebServer.StartAsync(application =>
        {
            application.UseWebSockets();
            application.Run(async context =>
            {
                login = context.Request.Headers.ProxyAuthorization;
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                var buffer = new byte[16];
                var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
                await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
            });
        });
        await using var proxy = Tunnel(server.Address.Port);
        await using var client = NewClient(proxy, loginInTheAddress);
        using var patience = new CancellationTokenSource(Patience);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://localhost:{server.Address.Port}/"), client.Http, patience.Token);
        await socket.SendAsync("echo"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        var answer = new byte[16];
        var length = (await socket.ReceiveAsync(answer, patience.Token)).Count;
        Assert.Equal("echo"u8, answer.AsSpan(0, length));

        var connect = Assert.Single(proxy.Requests);
        Assert.Equal($"CONNECT localhost:{server.Address.Port} HTTP/1.1", connect.Line);
        Assert.Equal(loginInTheAddress is null ? null : "Basic dTpw", connect["Proxy-Authorization"]);
        Assert.Null(login);
        Assert.Equal($"http@ws://localhost:{server.Address.Port}/via 127.0.0.1:{proxy.Port}", client.Snapshot.Name);
    }

    [Fact]
    public async Task A_tunnel_to_the_proxy_itself_is_not_taken_for_its_connections()
    {
        await using var pools = new HttpPools(new HttpPoolOptions { Proxy = new WebProxy("http://proxy.test:3128") });
        var plain = pools.GetPool(new Uri("http://one.test/"));
        Assert.Same(plain, pools.GetPool(new Uri("http://two.test/")));
        Assert.NotSame(plain, pools.GetPool(new Uri("ws://proxy.test:3128/")));
        Assert.Same(pools.GetPool(new Uri("https://one.test/")), pools.GetPool(new Uri("wss://one.test/")));
    }

    [Theory, InlineData("https"), InlineData("ws")]
    public async Task A_tunnel_that_wants_a_login_is_an_error_of_the_proxy(string scheme)
    {
        await using var proxy = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic\r\n\r\n");
            await connection.ReadRequestAsync();
        });
        await using var client = NewClient(proxy);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetTextAsync($"{scheme}://one.test:8080/"));
        Assert.Equal(HttpRequestError.ProxyTunnelError, error.HttpRequestError);
        Assert.Contains("asks for a user and password (407)", error.Message, StringComparison.Ordinal);
        Assert.Contains("asked for the way to one.test:8080", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic\r\n\r\n", "asks for a user and password (407)")]
    [InlineData("HTTP/1.1 403 No\r\n\r\n", "does not allow it (403)")]
    [InlineData("HTTP/1.1 502 Gateway\r\n\r\n", "answered 502")]
    [InlineData("SSH-2.0-x\r\n\r\n", "does not speak HTTP")]
    public async Task A_proxy_that_refuses_is_reported_at_once(string answer, string what)
    {
        await using var proxy = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(answer);
            await connection.ReadRequestAsync();
        });
        await using var client = NewClient(proxy);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetTextAsync("https://one.test/"));
        Assert.Equal(HttpRequestError.ProxyTunnelError, error.HttpRequestError);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_the_proxy_refuses_shows_in_no_error_and_no_name()
    {
        await using var proxy = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 407 Login\r\n\r\n");
        });
        await using var client = new PooledClient(configure: options =>
        {
            options.UseProxy = true;
            options.Proxy = new WebProxy(new Uri($"http://q:z@127.0.0.1:{proxy.Port}"));
        });
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetTextAsync("https://one.test/"));
        foreach (var text in new[] { error.ToString(), client.Snapshot.Name, $"{client.Pools}" })
        {
            // a one-letter user and password: nothing may be left of the address's first half
            Assert.DoesNotContain("q:", text, StringComparison.Ordinal);
            Assert.DoesNotContain("z@", text, StringComparison.Ordinal);
            Assert.DoesNotContain("cTp6", text, StringComparison.Ordinal);
        }

        Assert.Contains("does not accept the user and password", error.Message, StringComparison.Ordinal);
        Assert.Contains($"http://127.0.0.1:{proxy.Port} does not", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_on_the_bypass_list_is_gone_to_directly()
    {
        await using var server = RawServer.Answering(RawServer.Ok("direct"));
        await using var proxy = RawServer.Answering(RawServer.Ok("by proxy"));
        await using var client = new PooledClient(configure: options =>
        {
            options.UseProxy = true;
            options.Proxy = new WebProxy($"http://127.0.0.1:{proxy.Port}") { BypassList = ["127\\.0\\.0\\.1"] };
        });
        Assert.Equal("direct", await client.GetTextAsync($"{server.Address}"));
        Assert.Equal("by proxy", await client.GetTextAsync("http://elsewhere.test/"));
    }

    [Theory, InlineData("socks5://127.0.0.1:1080"), InlineData("https://127.0.0.1:1080")]
    public async Task A_proxy_of_another_kind_is_refused_by_name(string address)
    {
        await using var client = new PooledClient(configure: options =>
        {
            options.UseProxy = true;
            options.Proxy = new WebProxy(address);
        });
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetTextAsync("http://one.test/"));
        Assert.StartsWith("HttpPoolOptions.Proxy: the proxy ", error.Message, StringComparison.Ordinal);
        Assert.Contains("only http is supported", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_proxy_of_its_own_it_is_that_of_the_environment()
    {
        using var before = new DefaultProxy(new WebProxy("http://127.0.0.1:3128"));
        var settings = Options.HttpPoolSettings.From(new HttpPoolOptions());
        Assert.Same(HttpClient.DefaultProxy, settings.Proxy);
        Assert.Null(Options.HttpPoolSettings.From(new HttpPoolOptions { UseProxy = false }).Proxy);
    }

    static void Map(Microsoft.AspNetCore.Builder.WebApplication application, string answer) =>
        Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(application, "/", () => answer);

    static void Trusting(HttpPoolOptions options) => options.Tls.CaCertificates = [TestCertificates.Ca];

    static PooledClient NewClient(RawServer proxy, bool? loginInTheAddress = null, Action<HttpPoolOptions>? configure = null) => new(configure: options =>
    {
        options.UseProxy = true;
        options.Proxy = loginInTheAddress switch
        {
            null => new WebProxy(proxy.Address),
            true => new WebProxy(new Uri($"http://u:p@127.0.0.1:{proxy.Port}")),
            false => new WebProxy(proxy.Address) { Credentials = new NetworkCredential("u", "p") },
        };
        configure?.Invoke(options);
    });

    /// <summary>A proxy that leads to one port, wherever one wants to go.</summary>
    static RawServer Tunnel(int port) => new(async connection =>
    {
        await connection.ReadRequestAsync();
        using var target = new TcpClient { NoDelay = true };
        await target.ConnectAsync(IPAddress.Loopback, port);
        await connection.WriteAsync("HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n");
        var stream = target.GetStream();
        await Task.WhenAny(connection.Stream.CopyToAsync(stream), stream.CopyToAsync(connection.Stream)).WaitAsync(Patience);
    });

    /// <summary>Sets the process's proxy for the time of a test.</summary>
    sealed class DefaultProxy : IDisposable
    {
        readonly IWebProxy _before = HttpClient.DefaultProxy;

        public DefaultProxy(IWebProxy proxy) => HttpClient.DefaultProxy = proxy;

        public void Dispose() => HttpClient.DefaultProxy = _before;
    }
}
