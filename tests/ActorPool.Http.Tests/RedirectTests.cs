using System.Net;
using ActorPool.Http.Tests.Support;

namespace ActorPool.Http.Tests;

/// <summary>Redirects, by the rules of SocketsHttpHandler.</summary>
public sealed class RedirectTests
{
    [Theory]
    [InlineData(301, "GET", "GET", "")]
    [InlineData(302, "GET", "GET", "")]
    [InlineData(303, "GET", "GET", "")]
    [InlineData(307, "GET", "GET", "")]
    [InlineData(308, "GET", "GET", "")]
    [InlineData(300, "GET", "GET", "")]
    [InlineData(301, "POST", "GET", "")]
    [InlineData(302, "POST", "GET", "")]
    [InlineData(303, "POST", "GET", "")]
    [InlineData(303, "PUT", "GET", "")]
    [InlineData(302, "PUT", "PUT", "body")]
    [InlineData(307, "POST", "POST", "body")]
    [InlineData(308, "POST", "POST", "body")]
    [InlineData(303, "HEAD", "HEAD", "")]
    public async Task The_method_changes_as_browsers_change_it(int status, string method, string methodThere, string bodyThere)
    {
        await using var server = RawServer.Answering(request => request.Target == "/there"
            ? RawServer.Ok(request.Method == "HEAD" ? "" : "there")
            : $"HTTP/1.1 {status} Moved\r\nLocation: /there\r\nContent-Length: {(request.Method == "HEAD" ? 0 : 4)}\r\n\r\n{(request.Method == "HEAD" ? "" : "gone")}");
        await using var client = new PooledClient(server.Address);
        using var response = await client.SendAsync(new HttpMethod(method), "here", method is "POST" or "PUT" ? new StringContent("body") : null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var last = server.Requests[^1];
        Assert.Equal((methodThere, bodyThere), (last.Method, last.Body));
        Assert.Equal("/there", response.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task A_redirect_to_another_host_goes_there_and_takes_no_secrets_along()
    {
        await using var other = RawServer.Answering(RawServer.Ok("other"));
        await using var server = RawServer.Answering(
            $"HTTP/1.1 302 Found\r\nLocation: http://localhost:{other.Port}/there\r\nContent-Length: 0\r\n\r\n");
        await using var client = new PooledClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer secret");
        request.Headers.TryAddWithoutValidation("Cookie", "session=secret");
        request.Headers.TryAddWithoutValidation("X-Mine", "kept");
        request.Headers.Host = "first.test";
        using var response = await client.Http.SendAsync(request);
        Assert.Equal("other", await response.Content.ReadAsStringAsync());

        Assert.Equal("Bearer secret", server.Requests[0]["Authorization"]);
        Assert.Equal("first.test", server.Requests[0]["Host"]);
        var there = Assert.Single(other.Requests);
        Assert.Null(there["Authorization"]);
        Assert.Null(there["Cookie"]);
        Assert.Equal("kept", there["X-Mine"]);
        Assert.Equal($"localhost:{other.Port}", there["Host"]);
        Assert.Equal(2, client.Pools.Pools.Count);
    }

    [Fact]
    public async Task A_redirect_keeps_the_callers_cookies_within_its_origin_but_not_the_login()
    {
        await using var server = RawServer.Answering(request => request.Target == "/there"
            ? RawServer.Ok("")
            : "HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n");
        await using var client = new PooledClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer secret");
        request.Headers.TryAddWithoutValidation("Cookie", "mine=1");
        (await client.Http.SendAsync(request)).Dispose();
        Assert.Null(server.Requests[1]["Authorization"]);
        Assert.Equal("mine=1", server.Requests[1]["Cookie"]);
    }

    [Fact]
    public async Task After_too_many_redirects_the_last_answer_is_returned()
    {
        await using var server = RawServer.Answering("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");
        await using var client = new PooledClient(server.Address, options => options.MaxAutomaticRedirections = 3);
        using var response = await client.GetAsync();
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task Redirects_can_be_left_to_the_caller()
    {
        await using var server = RawServer.Answering("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");
        await using var client = new PooledClient(server.Address, options => options.AllowAutoRedirect = false);
        using var response = await client.GetAsync();
        Assert.Equal("/again", response.Headers.Location!.OriginalString);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: ftp://localhost/x\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 304 Not Modified\r\nLocation: /there\r\n\r\n")]
    public async Task What_leads_nowhere_is_returned(string answer)
    {
        await using var server = RawServer.Answering(answer);
        await using var client = new PooledClient(server.Address);
        using var response = await client.GetAsync();
        Assert.Single(server.Requests);
        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_fragment_goes_along()
    {
        await using var server = RawServer.Answering(request => request.Target == "/there"
            ? RawServer.Ok("")
            : "HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n");
        await using var client = new PooledClient(server.Address);
        using var response = await client.GetAsync("here#part");
        Assert.Equal("#part", response.RequestMessage!.RequestUri!.Fragment);
    }
}
