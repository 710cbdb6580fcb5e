using System.Net;
using ActorPool.Http.Tests.Support;
using ActorPool.Servers;

namespace ActorPool.Http.Tests;

/// <summary>A server as it is met outside: nginx, which closes connections when it has had enough of them.</summary>
public sealed class NginxTests(NginxFixture nginx) : IClassFixture<NginxFixture>
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [SkippableFact]
    public async Task Connections_are_used_again()
    {
        var server = await nginx.GetAsync();
        await using var client = new PooledClient(new Uri($"http://127.0.0.1:{server.Port}"));
        var answers = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            answers.Add(await client.GetTextAsync());
        }

        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"{i}"), answers.Select(answer => answer.Split(' ')[1]));
        Assert.Single(answers.Select(answer => answer.Split(' ')[0]).Distinct());
    }

    [SkippableTheory, InlineData("GET"), InlineData("POST")]
    public async Task A_server_that_takes_five_requests_per_connection_is_given_five(string method)
    {
        var server = await nginx.GetAsync();
        await using var client = new PooledClient(new Uri($"http://127.0.0.1:{server.Port}"));
        var answers = new List<string>();
        for (var i = 0; i < 23; i++)
        {
            using var response = await client.SendAsync(new HttpMethod(method), "few/", method == "POST" ? new StringContent("x") : null);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            answers.Add(await response.Content.ReadAsStringAsync());
        }

        Assert.Equal(["1", "2", "3", "4", "5", "1", "2"], answers.Take(7).Select(answer => answer.Split(' ')[1]));
        Assert.Equal(5, answers.Select(answer => answer.Split(' ')[0]).Distinct().Count());
        Assert.Equal(5, client.Snapshot.Opened);
    }

    [SkippableTheory, InlineData(false), InlineData(true)]
    public async Task A_connection_that_the_server_finds_idle_for_too_long_leaves_the_pool_by_itself(bool overTls)
    {
        var server = await nginx.GetAsync();
        await using var client = new PooledClient(Address(server, overTls), options => options.Tls.CaFile = server.CaFile);
        var first = await client.GetTextAsync("brief/");
        var closed = await client.NextAsync<ConnectionClosed>();
        Assert.Equal(CloseReason.Condemned, closed.Reason);
        Assert.Equal(0, client.Snapshot.Idle);
        Assert.NotEqual(first, await client.GetTextAsync("brief/"));
    }

    [SkippableFact]
    public async Task A_client_certificate_opens_what_is_closed_to_others()
    {
        var server = await nginx.GetAsync();
        await using var nobody = new PooledClient(Address(server, overTls: true), options => options.Tls.CaFile = server.CaFile);
        using var refused = await nobody.GetAsync("secret");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        await using var known = new PooledClient(Address(server, overTls: true), options =>
        {
            options.Tls.CaFile = server.CaFile;
            options.Tls.ClientCertificateFile = server.ClientCertificateFile;
            options.Tls.ClientKeyFile = server.ClientKeyFile;
        });
        Assert.Equal("CN=client", await known.GetTextAsync("secret"));
    }

    [SkippableFact]
    public async Task Many_callers_share_few_connections_over_tls()
    {
        var server = await nginx.GetAsync();
        await using var client = new PooledClient(Address(server, overTls: true), options =>
        {
            options.Tls.CaFile = server.CaFile;
            options.Pool.MaxSize = 4;
        });
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => client.GetTextAsync())).WaitAsync(Patience);
        Assert.Equal(200, answers.Distinct().Count());
        Assert.InRange(answers.Select(answer => answer.Split(' ')[0]).Distinct().Count(), 1, 4);
    }

    static Uri Address(NginxServer server, bool overTls) =>
        overTls ? new Uri($"https://localhost:{server.TlsPort}") : new Uri($"http://127.0.0.1:{server.Port}");
}
