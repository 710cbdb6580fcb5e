using ActorPool.Dashboard.Tests.Hosting;
using Microsoft.Playwright;

namespace ActorPool.Dashboard.Tests.Browsing;

/// <summary>Operations by their buttons.</summary>
public sealed class OperatingTests(Chromium chromium) : BrowserTests(chromium)
{
    [SkippableFact]
    public async Task One_connection_is_evicted_and_another_takes_its_place()
    {
        await using var host = await DashboardHost.StartAsync(users: true);
        var pool = host.AddPool("orders", options => { options.MinSize = 3; options.MaxSize = 3; });
        await pool.WarmUpAsync();
        var page = await Chromium.NewPageAsync(TestUsers.Operator);
        var errors = await OpenAsync(page, host);
        await RowOf(page, "orders").ClickAsync();
        await Connection(page, 2).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Evict now" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("orders: Connection 2 is evicted.");
        await Expect(Connection(page, 4)).ToBeVisibleAsync();
        await Expect(Connection(page, 2)).ToHaveCountAsync(0);
        await Expect(Connection(page, 1)).ToBeVisibleAsync();
        await Expect(Connection(page, 3)).ToBeVisibleAsync();
        Assert.Contains("Information Pool 'orders': the operator did evict connection 2 (Hard) on the dashboard.", host.Log.Lines);
        // The page may ask for the connection once more before it hears that it is gone.
        errors.AssertNoneButRefusals();
    }

    [SkippableFact]
    public async Task A_pool_is_paused_resumed_warmed_up_resized_evicted_and_drained()
    {
        await using var host = await DashboardHost.StartAsync(users: true);
        var pool = host.AddPool("orders", options => options.MaxSize = 8);
        var page = await Chromium.NewPageAsync(TestUsers.Operator);
        var errors = await OpenAsync(page, host);
        await RowOf(page, "orders").ClickAsync();
        var badge = RowOf(page, "orders").Locator(".badge");

        await Press(page, "Pause");
        await Expect(badge).ToHaveTextAsync("Paused");
        await Press(page, "Resume");
        await Expect(badge).ToHaveTextAsync("Healthy");
        await Press(page, "Warm up…");
        await page.GetByLabel("Connections", new() { Exact = true }).And(page.Locator("input")).FillAsync("4");
        await Press(page, "Warm up");
        await Expect(RowOf(page, "orders").Locator(".slot.idle")).ToHaveCountAsync(4);
        await Press(page, "Resize…");
        await page.GetByLabel("Minimum").FillAsync("9");
        await page.GetByLabel("Maximum").FillAsync("5");
        await Press(page, "Resize");
        await Expect(page.Locator("#dialog-error")).ToContainTextAsync("MinSize (9) is above MaxSize (5)");
        await page.GetByLabel("Minimum").FillAsync("1");
        await page.Keyboard.PressAsync("Enter");
        await Expect(RowOf(page, "orders").Locator(".slot")).ToHaveCountAsync(5);
        await Press(page, "Evict…");
        await Press(page, "Evict all");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("orders: Evicted.");
        await Press(page, "Drain…");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("This closes the pool orders for good.");
        await Press(page, "Cancel");
        Assert.False(pool.Snapshot().IsClosed);
        await Press(page, "Drain…");
        await Press(page, "Drain orders");
        await Expect(page.Locator("#empty")).ToContainTextAsync("no pools");
        Assert.True(pool.Snapshot().IsClosed);
        errors.AssertNoneButRefusals();
    }

    [SkippableFact]
    public async Task Who_may_only_look_finds_no_buttons_but_the_reason_and_is_refused_by_the_server_too()
    {
        await using var host = await DashboardHost.StartAsync(users: true);
        var pool = host.AddPool("orders");
        (await pool.AcquireAsync()).Dispose();
        var page = await Chromium.NewPageAsync(TestUsers.Reader);
        var errors = await OpenAsync(page, host);
        await RowOf(page, "orders").ClickAsync();

        await Expect(page.Locator(".operations.none")).ToContainTextAsync("OperatePolicy does not let you");
        await Connection(page, 1).ClickAsync();
        await Expect(page.Locator(".recorder .history li").First).ToBeVisibleAsync();
        await Expect(page.Locator(".operations button")).ToHaveCountAsync(0);
        errors.AssertNone();

        // the page's own script, with everything but the right
        var status = await page.EvaluateAsync<int>("""
            async () => (await fetch("operations/pause", {
              method: "POST", headers: { "content-type": "application/json" }, body: '{"pool":1,"name":"orders"}' })).status
            """);
        Assert.Equal(403, status);
        Assert.False(pool.Snapshot().IsPaused);
    }

    [SkippableFact]
    public async Task Without_a_policy_the_page_says_how_operations_are_allowed()
    {
        await using var host = await DashboardHost.StartAsync();
        host.AddPool("orders");
        var page = await Chromium.NewPageAsync();
        await OpenAsync(page, host);

        await RowOf(page, "orders").ClickAsync();

        await Expect(page.Locator(".operations.none")).ToHaveTextAsync("Operations are off. Set OperatePolicy in MapActorPool to allow them.");
    }

    static ILocator Connection(IPage page, int id) => page.GetByRole(AriaRole.Button, new() { Name = $"Connection {id}", Exact = true });

    static Task Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
