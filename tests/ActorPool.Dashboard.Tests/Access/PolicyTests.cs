using System.Net;
using ActorPool.Dashboard.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Dashboard.Tests.Access;

/// <summary>Who sees and does what where policies say so.</summary>
public sealed class PolicyTests
{
    [Theory]
    [InlineData(TestUsers.Reader, HttpStatusCode.OK)]
    [InlineData(TestUsers.Operator, HttpStatusCode.OK)]
    [InlineData(TestUsers.Stranger, HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Who_may_read_sees_the_page_from_anywhere_and_nobody_else_does(string? user, HttpStatusCode expected)
    {
        await using var host = await DashboardHost.StartAsync(users: true);
        host.AddPool("orders");
        using var client = user is null ? new HttpClient { BaseAddress = host.Page } : host.ClientOf(user);

        foreach (var address in new[] { "", "main.js", "live", "pool?id=1" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Host = "pools.example";
            request.Headers.Add("X-Forwarded-For", "10.1.2.3");
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

            if (address != "pool?id=1" || expected != HttpStatusCode.OK)
            {
                Assert.Equal(expected, answer.StatusCode);
            }
        }
    }

    [Fact]
    public async Task Authorization_required_of_the_endpoints_is_a_policy_for_reading_too()
    {
        await using var host = await DashboardHost.StartAsync(
            users: true, application: application => application.MapActorPool("/admin").RequireAuthorization(TestUsers.OperatePolicy));

        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(TestUsers.Operator));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOfAsync(TestUsers.Reader));

        async Task<HttpStatusCode> StatusOfAsync(string user)
        {
            using var client = host.ClientOf(user);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Root, "/admin/"));
            request.Headers.Host = "pools.example";
            using var answer = await client.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_policy_for_operations_alone_does_not_let_anybody_look_from_elsewhere()
    {
        await using var host = await DashboardHost.StartAsync(options => options.ReadPolicy = null, users: true);
        using var client = host.ClientOf(TestUsers.Operator);

        using var request = new HttpRequestMessage(HttpMethod.Get, "");
        request.Headers.Host = "pools.example";
        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Where_the_middleware_was_told_to_look_away_nothing_is_open()
    {
        await using var host = await DashboardHost.StartAsync(
            options => options.ReadPolicy = TestUsers.ReadPolicy,
            services: services =>
            {
                TestUsers.Add(services);
                services.Configure<RouteOptions>(options => options.SuppressCheckForUnhandledSecurityMetadata = true);
            },
            application: application => ((IApplicationBuilder)application).Properties["__AuthorizationMiddlewareSet"] = true);

        using var answer = await host.Client.GetAsync("main.js");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Where_the_middleware_is_missing_nothing_is_open()
    {
        await using var host = await DashboardHost.StartAsync(
            users: true,
            application: application => ((IApplicationBuilder)application).Properties["__AuthorizationMiddlewareSet"] = true);

        using var client = host.ClientOf(TestUsers.Operator);
        using var answer = await client.GetAsync("main.js");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    [Fact]
    public async Task A_policy_without_authorization_or_that_does_not_exist_is_found_at_the_start()
    {
        Assert.Contains("AddAuthorization", (await FailureAsync(options => options.ReadPolicy = "see")).Message, StringComparison.Ordinal);
        Assert.Contains("'see'", (await FailureAsync(options => options.ReadPolicy = "see", services => services.AddAuthorization())).Message, StringComparison.Ordinal);
        Assert.Contains(
            "AddAntiforgery",
            (await FailureAsync(
                options => options.OperatePolicy = "operate",
                services => services.AddAuthorization(options => options.AddPolicy("operate", policy => policy.RequireAuthenticatedUser())))).Message,
            StringComparison.Ordinal);

        static Task<InvalidOperationException> FailureAsync(Action<DashboardOptions> options, Action<IServiceCollection>? services = null) =>
            Assert.ThrowsAsync<InvalidOperationException>(() => DashboardHost.StartAsync(options, services: services));
    }

    [Fact]
    public async Task Options_out_of_range_are_named_all_together()
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => DashboardHost.StartAsync(options =>
        {
            options.Title = " ";
            options.RefreshInterval = TimeSpan.Zero;
            options.MaxSubscribers = 0;
            options.ReadPolicy = "";
            options.Runtimes.Add(null!);
        }));

        Assert.All(
            ["Title", "RefreshInterval", "MaxSubscribers", "ReadPolicy", "Runtimes"],
            option => Assert.Contains(option, failure.Message, StringComparison.Ordinal));
    }
}
