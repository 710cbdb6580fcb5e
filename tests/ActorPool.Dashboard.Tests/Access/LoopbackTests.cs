using System.Net;
using System.Text.Json;
using ActorPool.Dashboard.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace ActorPool.Dashboard.Tests.Access;

/// <summary>Who sees what while no policy says so.</summary>
public sealed class LoopbackTests
{
    static readonly string[] Addresses = ["", "page.css", "main.js", "live", "pool?id=1", "connection?pool=1&id=1", "token"];

    [Fact]
    public async Task A_browser_on_this_machine_sees_the_page_and_everything_that_it_loads()
    {
        await using var host = await DashboardHost.StartAsync();

        foreach (var name in new[] { "", "icon.svg", "palette.css", "page.css", "list.css", "detail.css", "first.js", "main.js", "live.js" })
        {
            using var answer = await host.Client.GetAsync(name);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{name}: {answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:5000", true)]
    [InlineData("127.0.0.1:5000", true)]
    [InlineData("[::1]:5000", true)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("rebound.evil.example", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("10.1.2.3", false)]
    public async Task It_answers_to_names_of_this_machine_alone(string name, bool isServed)
    {
        await using var host = await DashboardHost.StartAsync();

        foreach (var address in Addresses.Where(address => !isServed || address.EndsWith(".js", StringComparison.Ordinal)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Host = name;
            using var answer = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

            Assert.Equal(isServed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("X-Original-For", "127.0.0.1:5000")]
    [InlineData("Via", "1.1 proxy")]
    public async Task Behind_a_proxy_it_shows_nothing_whatever_the_proxy_says(string header, string value)
    {
        await using var host = await DashboardHost.StartAsync();

        foreach (var address in Addresses)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains(header, await ErrorOfAsync(answer), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("10.1.2.3", false)]
    [InlineData("::ffff:10.1.2.3", false)]
    [InlineData(null, false)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    public async Task It_is_shown_to_addresses_of_this_machine_alone(string? remote, bool isServed)
    {
        await using var host = await DashboardHost.StartAsync(application: application => application.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
            return next(context);
        }));

        using var answer = await host.Client.GetAsync("page.css");

        Assert.Equal(isServed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        if (!isServed)
        {
            Assert.Contains("ReadPolicy", await ErrorOfAsync(answer), StringComparison.Ordinal);
            Assert.Contains(host.Log.Lines, line => line.Contains("refused", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Operations_are_off_and_the_answer_names_the_option()
    {
        await using var host = await DashboardHost.StartAsync();
        host.AddPool("orders");

        using var token = await host.Client.GetAsync("token");
        using var answer = await host.Client.PostAsync("operations/pause", OperationTestsBody("orders"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (token.StatusCode, answer.StatusCode));
        Assert.Contains("OperatePolicy", await ErrorOfAsync(answer), StringComparison.Ordinal);
        Assert.False(Assert.Single(host.Runtime.Pools).Snapshot().IsPaused);
    }

    [Fact]
    public async Task Allowing_the_anonymous_opens_nothing()
    {
        await using var host = await DashboardHost.StartAsync(application: application =>
            application.MapActorPool("/open").AllowAnonymous());

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Root, "/open/"));
        request.Headers.Host = "pools.example";
        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Another_site_cannot_read_what_this_browser_may(string header, string value)
    {
        await using var host = await DashboardHost.StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, "live");
        request.Headers.Add(header, value);
        using var answer = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_link_from_another_site_leads_to_the_page()
    {
        await using var host = await DashboardHost.StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, "");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    static StringContent OperationTestsBody(string name) => new($$"""{"pool":1,"name":"{{name}}"}""", null, "application/json");

    static async Task<string> ErrorOfAsync(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("error").GetString()!;
}
