using ActorPool.Dashboard.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace ActorPool.Dashboard.Tests.Browsing;

/// <summary>What somebody sees of the nodes of a cluster.</summary>
public sealed class ClusterTests(Chromium chromium) : BrowserTests(chromium)
{
    [SkippableFact]
    public async Task It_shows_every_node_with_its_pools_and_follows_them()
    {
        var cluster = new ScriptedCluster();
        await using var host = await StartAsync(cluster);
        var page = await Chromium.NewPageAsync();
        var errors = await OpenAsync(page, host);
        var nodes = page.Locator(".cluster-node");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nodes" })).ToBeVisibleAsync();
        await Expect(nodes.Locator("summary .badge")).ToHaveTextAsync(["Healthy", "Unavailable", "No answer"]);
        await Expect(nodes.Nth(0).Locator("summary .name-and-note")).ToContainTextAsync("akka.tcp://shop@10.0.0.1:4053 this node, db, web");
        await Expect(nodes.Nth(0).Locator(".facts")).ToHaveTextAsync("pools1leased3 of 8waiting0");
        await Expect(nodes.Nth(1).Locator("tbody tr")).ToHaveTextAsync(["customersIOException: connection refusedUnavailable0 of 4215", "ordersHealthy1 of 8210"]);
        await Expect(nodes.Nth(2).Locator("summary .note")).ToHaveTextAsync("no answer within 2 s");
        await Expect(nodes.Nth(2)).ToContainTextAsync("Nothing is known of its pools.");

        await nodes.Nth(1).Locator("summary").PressAsync("Enter");
        await Expect(nodes.Nth(1).Locator("tbody tr").First).ToBeHiddenAsync();
        cluster.Now = new ClusterPoolsSnapshot([cluster.Now.Nodes[0] with { Pools = [], PoolCount = 0 }, cluster.Now.Nodes[1]]);

        await Expect(nodes).ToHaveCountAsync(2);
        await Expect(nodes.Nth(0)).ToContainTextAsync("It has no pools.");
        await Expect(nodes.Nth(1).Locator("tbody tr").First).ToBeHiddenAsync();
        errors.AssertNone();
    }

    [SkippableFact]
    public async Task Without_a_cluster_there_is_no_word_of_nodes()
    {
        await using var host = await DashboardHost.StartAsync();
        host.AddPool("orders");
        var page = await Chromium.NewPageAsync();
        var errors = await OpenAsync(page, host);

        await Expect(RowOf(page, "orders")).ToBeVisibleAsync();
        await Expect(page.Locator("#cluster")).ToBeHiddenAsync();
        errors.AssertNone();
    }

    [SkippableFact]
    public async Task Markup_in_what_nodes_say_is_shown_and_does_nothing()
    {
        const string Markup = "<img src=x onerror=\"document.title='owned'\">";
        var cluster = new ScriptedCluster
        {
            Now = new ClusterPoolsSnapshot(
            [
                new NodePoolsSnapshot(Markup, [Markup], IsThis: false, 1, [ScriptedCluster.Pool(Markup, 0, 1) with { Health = PoolHealth.Failing, LastError = Markup }]),
                new NodePoolsSnapshot("silent", [], IsThis: false, 0, [], Markup),
            ]),
        };
        await using var host = await StartAsync(cluster);
        var page = await Chromium.NewPageAsync();
        var errors = await OpenAsync(page, host);

        await Expect(page.Locator(".cluster-node .name").First).ToHaveTextAsync(Markup);
        await Expect(page.Locator(".cluster-pool .pool-name")).ToHaveTextAsync(Markup);
        await Expect(page.Locator(".cluster-pool .note")).ToHaveTextAsync(Markup);
        await Expect(page.Locator(".cluster-node > summary .note").Last).ToHaveTextAsync(Markup);
        Assert.Equal(0, await page.Locator("img:not([src='icon.svg'])").CountAsync());
        errors.AssertNone();
    }

    static Task<DashboardHost> StartAsync(ScriptedCluster cluster) => DashboardHost.StartAsync(services: services => services.AddSingleton<IPoolCluster>(cluster));
}
