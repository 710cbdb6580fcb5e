using System.Net;
using ActorPool.Http.Tests.Support;
using ActorPool.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using HttpProtocols = Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols;

namespace ActorPool.Http.Tests;

/// <summary>HTTP/2: one connection, many leases.</summary>
public sealed class Http2Tests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Many_requests_share_one_connection()
    {
        var all = new TaskCompletionSource();
        var arrived = 0;
        await using var server = await StartAsync(application => application.MapGet("/", async context =>
        {
            if (Interlocked.Increment(ref arrived) == 20)
            {
                all.SetResult();
            }

            await all.Task;
            await context.Response.WriteAsync($"{context.Request.Protocol} {context.Connection.Id}");
        }));
        await using var client = NewClient(server);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetTextAsync())).WaitAsync(Patience);
        Assert.StartsWith("HTTP/2 ", Assert.Single(answers.Distinct()), StringComparison.Ordinal);
        Assert.Equal((1, 0), (client.Snapshot.Idle, client.Snapshot.Leased));
        Assert.EndsWith("/h2", client.Snapshot.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_connection_is_opened_when_as_many_requests_as_may_share_one()
    {
        var all = new TaskCompletionSource();
        var arrived = 0;
        await using var server = await StartAsync(application => application.MapGet("/", async context =>
        {
            if (Interlocked.Increment(ref arrived) == 6)
            {
                all.SetResult();
            }

            await all.Task;
            await context.Response.WriteAsync(context.Connection.Id);
        }));
        await using var client = NewClient(server, options =>
        {
            options.Pool.MaxSize = 3;
            options.MaxHttp2Streams = 2;
        });
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => client.GetTextAsync())).WaitAsync(Patience);
        Assert.Equal(3, answers.Distinct().Count());
    }

    [Fact]
    public async Task A_body_that_is_left_unread_costs_its_stream_and_not_the_connection()
    {
        await using var server = await StartAsync(application => application.MapGet("/{bytes:int}", async (HttpContext context, int bytes) =>
            await context.Response.Body.WriteAsync(new byte[bytes])));
        await using var client = NewClient(server);
        for (var i = 0; i < 5; i++)
        {
            (await client.GetAsync("1000000")).Dispose();
            Assert.Equal(0, client.Snapshot.Leased);
        }

        Assert.Equal(10, (await client.Http.GetByteArrayAsync(new Uri("10", UriKind.Relative))).Length);
        Assert.Equal(1, client.Snapshot.Opened);
    }

    [Fact]
    public async Task A_request_that_is_cancelled_costs_its_stream_and_not_the_connection()
    {
        var arrived = new TaskCompletionSource();
        await using var server = await StartAsync(application =>
        {
            application.MapGet("/slow", async context =>
            {
                arrived.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            });
            application.MapGet("/quick", static () => "quick");
        });
        await using var client = NewClient(server);
        using var source = new CancellationTokenSource();
        var slow = client.Http.GetAsync(new Uri("slow", UriKind.Relative), source.Token);
        await arrived.Task.WaitAsync(Patience);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        Assert.Equal("quick", await client.GetTextAsync("quick"));
        Assert.Equal(1, client.Snapshot.Opened);
    }

    [Fact]
    public async Task A_server_that_says_that_it_goes_is_left_when_what_is_under_way_is_done()
    {
        var arrived = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        await using var server = await StartAsync(application =>
        {
            application.MapGet("/slow", async () =>
            {
                arrived.SetResult();
                await goOn.Task;
                return "done";
            });
            application.MapGet("/quick", static () => "quick");
        });
        await using var client = NewClient(server);
        Assert.Equal("quick", await client.GetTextAsync("quick"));
        var slow = client.GetTextAsync("slow");
        await arrived.Task.WaitAsync(Patience);
        var closing = client.NextAsync<ConnectionClosed>();
        var stopping = server.StopAsync();
        goOn.SetResult();
        Assert.Equal("done", await slow);
        await stopping.WaitAsync(Patience);
        await closing;
        Assert.Equal((0, 0), (client.Snapshot.Idle, client.Snapshot.Leased));
    }

    [Fact]
    public async Task A_server_that_has_only_http_1_gets_one_request_at_a_time()
    {
        await using var server = await WebServer.StartAsync(
            application => application.MapGet("/", static (HttpContext context) => context.Request.Protocol), HttpProtocols.Http1, overTls: true);
        await using var client = NewClient(server, options => options.Pool.MaxSize = 4);
        for (var round = 0; round < 3; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetTextAsync())).WaitAsync(Patience);
            Assert.Equal("HTTP/1.1", Assert.Single(answers.Distinct()));
        }

        Assert.Equal(2, client.Pools.Pools.Count);
        Assert.All(client.Pools.Snapshot(), snapshot => Assert.Equal(0, snapshot.Leased));
    }

    [Fact]
    public async Task Http_1_is_asked_for_unless_the_request_wants_more()
    {
        await using var server = await StartAsync(
            application => application.MapGet("/", static (HttpContext context) => context.Request.Protocol), HttpProtocols.Http1AndHttp2);
        await using var client = NewClient(server);
        client.Http.DefaultRequestVersion = HttpVersion.Version11;
        client.Http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        Assert.Equal("HTTP/1.1", await client.GetTextAsync());
        client.Http.Dispose();

        using var eager = new HttpClient(new PooledHttpHandler(client.Pools))
        {
            BaseAddress = server.Address,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrHigher,
        };
        Assert.Equal("HTTP/2", await eager.GetStringAsync(new Uri("", UriKind.Relative)).WaitAsync(Patience));
    }

    [Fact]
    public async Task Exactly_http_2_where_there_is_none_is_an_error()
    {
        await using var server = await WebServer.StartAsync(application => application.MapGet("/", static () => "x"), overTls: true);
        await using var client = NewClient(server);
        client.Http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync());
        Assert.Equal(HttpRequestError.VersionNegotiationError, error.HttpRequestError);
        Assert.All(client.Pools.Snapshot(), snapshot => Assert.Equal(0, snapshot.Leased));
    }

    [Fact]
    public async Task Http_2_without_tls_is_spoken_to_a_server_that_is_known_to_have_it()
    {
        await using var server = await WebServer.StartAsync(
            application => application.MapGet("/", static (HttpContext context) => $"{context.Request.Protocol} {context.Request.Scheme}"), HttpProtocols.Http2);
        await using var client = NewClient(server);
        client.Http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        Assert.Equal("HTTP/2 http", await client.GetTextAsync());
        Assert.EndsWith("/h2c", client.Snapshot.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_3_is_refused_unless_less_will_do()
    {
        await using var server = await StartAsync(application => application.MapGet("/", static (HttpContext context) => context.Request.Protocol));
        await using var client = NewClient(server);
        client.Http.DefaultRequestVersion = HttpVersion.Version30;
        Assert.Equal("HTTP/2", await client.GetTextAsync());
        using var exact = new HttpRequestMessage(HttpMethod.Get, "") { Version = HttpVersion.Version30, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.Http.SendAsync(exact));
        Assert.Equal(HttpRequestError.VersionNegotiationError, error.HttpRequestError);
    }

    [Fact]
    public async Task Trailers_are_read()
    {
        await using var server = await StartAsync(application => application.MapGet("/", static async context =>
        {
            context.Response.DeclareTrailer("X-Sum");
            await context.Response.WriteAsync("body");
            context.Response.AppendTrailer("X-Sum", "4");
        }));
        await using var client = NewClient(server);
        using var response = await client.GetAsync();
        Assert.Equal("body", await response.Content.ReadAsStringAsync());
        Assert.Equal(["4"], response.TrailingHeaders.GetValues("X-Sum"));
    }

    [Fact]
    public async Task A_connection_that_was_opened_ahead_is_used()
    {
        await using var server = await StartAsync(application => application.MapGet("/", static (HttpContext context) => context.Request.Protocol));
        await using var client = NewClient(server);
        await client.Pools.GetPool(server.Address, overHttp2: true).WarmUpAsync(1).WaitAsync(Patience);
        Assert.Equal("HTTP/2", await client.GetTextAsync());
        Assert.Equal(1, client.Snapshot.Opened);
    }

    static Task<WebServer> StartAsync(Action<WebApplication> map, HttpProtocols protocols = HttpProtocols.Http2) =>
        WebServer.StartAsync(map, protocols, overTls: true);

    static PooledClient NewClient(WebServer server, Action<HttpPoolOptions>? configure = null)
    {
        var client = new PooledClient(server.Address, options =>
        {
            options.Tls.CaCertificates = [TestCertificates.Ca];
            configure?.Invoke(options);
        });
        client.Http.DefaultRequestVersion = HttpVersion.Version20;
        return client;
    }
}
