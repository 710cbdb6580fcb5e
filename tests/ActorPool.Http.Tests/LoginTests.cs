using System.Net;
using ActorPool.Http.Tests.Support;

namespace ActorPool.Http.Tests;

/// <summary>Servers that ask who is there.</summary>
public sealed class LoginTests
{
    const string Asks = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n";

    // "u:p"
    const string Login = "Basic dTpw";

    [Theory, InlineData(false, 4), InlineData(true, 3)]
    public async Task A_server_that_asks_is_told_user_and_password(bool preAuthenticate, int requests)
    {
        await using var server = RawServer.Answering(request => request["Authorization"] == Login ? RawServer.Ok("in") : Asks);
        await using var client = new PooledClient(server.Address, options =>
        {
            options.Credentials = new NetworkCredential("u", "p");
            options.PreAuthenticate = preAuthenticate;
        });
        Assert.Equal("in", await client.GetTextAsync());
        Assert.Equal("in", await client.GetTextAsync());
        Assert.Equal(requests, server.Requests.Count);
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task A_login_that_is_refused_is_not_tried_twice()
    {
        await using var server = RawServer.Answering(Asks);
        await using var client = new PooledClient(server.Address, options => options.Credentials = new NetworkCredential("u", "wrong"));
        using var response = await client.GetAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Only_the_host_that_credentials_are_for_gets_them()
    {
        await using var server = RawServer.Answering(Asks);
        var cache = new CredentialCache { { new Uri("http://elsewhere.test/"), "Basic", new NetworkCredential("u", "p") } };
        await using var client = new PooledClient(server.Address, options => options.Credentials = cache);
        using var response = await client.GetAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Null(Assert.Single(server.Requests)["Authorization"]);
    }

    [Fact]
    public async Task Other_schemes_are_not_answered()
    {
        await using var server = RawServer.Answering("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"y\"\r\nContent-Length: 0\r\n\r\n");
        await using var client = new PooledClient(server.Address, options => options.Credentials = new NetworkCredential("u", "p"));
        using var response = await client.GetAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Single(server.Requests);
    }
}
