using System.Net;
using ActorPool.Http.Tests.Support;

namespace ActorPool.Http.Tests;

public sealed class CookieTests
{
    [Fact]
    public async Task Cookies_are_kept_and_sent_and_follow_redirects()
    {
        await using var server = RawServer.Answering(request => request.Target == "/login"
            ? "HTTP/1.1 302 Found\r\nLocation: /home\r\nSet-Cookie: id=7; Path=/\r\nSet-Cookie: theme=dark; Path=/\r\nContent-Length: 0\r\n\r\n"
            : RawServer.Ok("home"));
        await using var client = new PooledClient(server.Address);
        Assert.Equal("home", await client.GetTextAsync("login"));
        Assert.Equal("home", await client.GetTextAsync("next"));
        Assert.Null(server.Requests[0]["Cookie"]);
        Assert.Equal("id=7; theme=dark", server.Requests[1]["Cookie"]);
        Assert.Equal("id=7; theme=dark", server.Requests[2]["Cookie"]);
        Assert.Equal(2, client.Handler.Cookies!.Count);
    }

    [Fact]
    public async Task Cookies_of_the_caller_stand_beside_those_that_are_kept()
    {
        await using var server = RawServer.Answering(RawServer.Ok("", "Set-Cookie: id=7\r\n"));
        await using var client = new PooledClient(server.Address);
        Assert.Equal("", await client.GetTextAsync());
        using var request = new HttpRequestMessage(HttpMethod.Get, "x");
        request.Headers.TryAddWithoutValidation("Cookie", "mine=1");
        (await client.Http.SendAsync(request)).Dispose();
        Assert.Equal("mine=1; id=7", server.Requests[1]["Cookie"]);
    }

    [Fact]
    public async Task Every_handler_has_its_own_cookies_unless_they_share_a_container()
    {
        await using var server = RawServer.Answering(RawServer.Ok("", "Set-Cookie: id=7\r\n"));
        await using var client = new PooledClient(server.Address);
        Assert.Equal("", await client.GetTextAsync());
        using var another = new HttpClient(new PooledHttpHandler(client.Pools));
        Assert.Equal("", await another.GetStringAsync(server.Address));
        Assert.Null(server.Requests[1]["Cookie"]);

        var shared = new CookieContainer();
        shared.Add(server.Address, new Cookie("shared", "1"));
        await using var sharing = new PooledClient(server.Address, options => options.CookieContainer = shared);
        Assert.Equal("", await sharing.GetTextAsync());
        Assert.Equal("shared=1", server.Requests[^1]["Cookie"]);
        Assert.Same(shared, sharing.Handler.Cookies);
    }

    [Fact]
    public async Task Cookies_can_be_left_alone()
    {
        await using var server = RawServer.Answering(RawServer.Ok("", "Set-Cookie: id=7\r\n"));
        await using var client = new PooledClient(server.Address, options => options.UseCookies = false);
        Assert.Equal("", await client.GetTextAsync());
        Assert.Equal("", await client.GetTextAsync());
        Assert.Null(server.Requests[1]["Cookie"]);
        Assert.Null(client.Handler.Cookies);
    }

    [Fact]
    public async Task A_cookie_that_is_none_does_no_harm()
    {
        await using var server = RawServer.Answering(RawServer.Ok("x", "Set-Cookie: id=7; Domain=elsewhere.test\r\nSet-Cookie: =\r\n"));
        await using var client = new PooledClient(server.Address);
        Assert.Equal("x", await client.GetTextAsync());
        Assert.Equal("x", await client.GetTextAsync());
        Assert.Null(server.Requests[1]["Cookie"]);
    }
}
