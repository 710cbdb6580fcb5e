using System.Net;
using ActorPool.Dashboard.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace ActorPool.Dashboard.Tests.Access;

/// <summary>What every answer says to the browser, and where the page lies.</summary>
public sealed class HeaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("main.js")]
    [InlineData("live")]
    [InlineData("pool?id=77")]
    [InlineData("token")]
    public async Task Every_answer_has_the_strict_headers(string address)
    {
        await using var host = await DashboardHost.StartAsync();
        using var answer = await host.Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy")).Split("; ");
        Assert.All(
            [
                "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "frame-ancestors 'none'",
                "form-action 'none'", "base-uri 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
            ],
            rule => Assert.Contains(rule, policy));
        Assert.DoesNotContain(policy, rule => rule.Contains("unsafe", StringComparison.Ordinal));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        if (address is not ("" or "main.js"))
        {
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        }
    }

    [Fact]
    public async Task A_file_that_the_browser_has_is_not_sent_again()
    {
        await using var host = await DashboardHost.StartAsync();
        using var first = await host.Client.GetAsync("main.js");

        using var request = new HttpRequestMessage(HttpMethod.Get, "main.js");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await host.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.NotModified, "no-cache"), (second.StatusCode, second.Headers.CacheControl!.ToString()));
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/pools", "pools/")]
    [InlineData("/pools?x=1", "pools/?x=1")]
    [InlineData("/base/pools", "pools/")]
    public async Task The_page_lies_in_a_folder_wherever_the_application_is_mounted(string address, string location)
    {
        await using var host = await DashboardHost.StartAsync(application: application =>
        {
            application.UsePathBase("/base");
            application.UseRouting();
        });

        using var answer = await host.Client.GetAsync(new Uri(host.Root, address));

        Assert.Equal((HttpStatusCode.Redirect, location), (answer.StatusCode, answer.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task The_page_can_be_at_the_root()
    {
        await using var host = await DashboardHost.StartAsync(application: application => application.MapActorPool("/"));

        Assert.Contains("main.js", await host.Client.GetStringAsync(new Uri(host.Root, "/")), StringComparison.Ordinal);
        Assert.Contains("import", await host.Client.GetStringAsync(new Uri(host.Root, "/main.js")), StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_of_the_page_has_anything_inline_or_from_elsewhere()
    {
        Assert.All(Assets.PageAssets.All, asset =>
        {
            var name = asset.Name;
            using var stream = typeof(DashboardOptions).Assembly.GetManifestResourceStream(name)!;
            var text = new StreamReader(stream).ReadToEnd();
            Assert.All(
                ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", " style=\"", "onclick=\"", "@import", "url("],
                banned => Assert.False(text.Contains(banned, StringComparison.Ordinal), $"{name} has {banned}"));
            Assert.DoesNotMatch(@"(src|href)=""(https?:)?//", text);
        });
    }
}
