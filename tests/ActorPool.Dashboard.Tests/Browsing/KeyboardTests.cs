using ActorPool.Dashboard.Tests.Hosting;
using Microsoft.Playwright;

namespace ActorPool.Dashboard.Tests.Browsing;

/// <summary>The page without a mouse.</summary>
public sealed class KeyboardTests(Chromium chromium) : BrowserTests(chromium)
{
    [SkippableFact]
    public async Task Everything_is_reached_by_keys()
    {
        await using var host = await DashboardHost.StartAsync(users: true);
        foreach (var name in new[] { "a", "b", "c" })
        {
            await host.AddPool(name, options => options.MinSize = 2).WarmUpAsync();
        }

        var page = await Chromium.NewPageAsync(TestUsers.Operator);
        var errors = await OpenAsync(page, host);
        var keys = page.Keyboard;

        await keys.PressAsync("/");
        await Expect(page.Locator("#filter")).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await Expect(RowOf(page, "a")).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("ArrowDown");
        await Expect(RowOf(page, "c")).ToBeFocusedAsync();
        await keys.PressAsync("Home");
        await Expect(RowOf(page, "a")).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");

        await keys.PressAsync("Enter");
        await Expect(RowOf(page, "b")).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(RowOf(page, "b")).ToBeFocusedAsync();
        await Expect(Connection(page, 1)).ToBeVisibleAsync();
        await keys.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeFocusedAsync();
        for (var presses = 0; presses < 5; presses++)
        {
            await keys.PressAsync("Tab");
        }

        await Expect(Connection(page, 1)).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await Expect(Connection(page, 2)).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Locator(".recorder")).ToContainTextAsync("Flight recorder of connection 2");
        await keys.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Evict when returned" })).ToBeFocusedAsync();

        await keys.PressAsync("Escape");
        await Expect(page.Locator(".recorder")).ToHaveCountAsync(0);
        await Expect(Connection(page, 2)).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Expect(page.Locator(".detail")).ToHaveCountAsync(0);
        await Expect(RowOf(page, "b")).ToBeFocusedAsync();
        errors.AssertNone();
    }

    [SkippableFact]
    public async Task Help_filter_and_theme_have_keys()
    {
        await using var host = await DashboardHost.StartAsync();
        host.AddPool("orders");
        host.AddPool("cache");
        var page = await Chromium.NewPageAsync();
        var errors = await OpenAsync(page, host);
        var keys = page.Keyboard;

        await keys.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Keys and legend");
        await keys.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await keys.PressAsync("o");
        await Expect(page.Locator("#troubled")).ToBeCheckedAsync();
        await Expect(page.Locator("#empty")).ToBeVisibleAsync();
        await keys.PressAsync("o");
        await keys.PressAsync("/");
        await keys.TypeAsync("cache");
        await Expect(page.Locator(".row .name")).ToHaveTextAsync(["cache"]);
        await keys.PressAsync("Escape");
        await Expect(page.Locator(".row .name")).ToHaveCountAsync(2);
        errors.AssertNone();
    }

    [SkippableFact]
    public async Task The_keyboard_stays_where_it_is_while_pictures_come_in()
    {
        await using var host = await DashboardHost.StartAsync();
        var pool = host.AddPool("orders", options => options.MaxSize = 2);
        host.AddPool("cache");
        var page = await Chromium.NewPageAsync();
        var errors = await OpenAsync(page, host);
        await page.Locator("#sort").SelectOptionAsync("waiters");
        await RowOf(page, "orders").FocusAsync();

        // It moves to the top, and takes the focus along.
        using var one = await pool.AcquireAsync();
        using var two = await pool.AcquireAsync();
        var waiter = pool.AcquireAsync().AsTask();
        await Expect(page.Locator(".row .name")).ToHaveTextAsync(["orders", "cache"]);
        await Expect(RowOf(page, "orders")).ToBeFocusedAsync();

        one.Dispose();
        (await waiter).Dispose();
        errors.AssertNone();
    }

    static ILocator Connection(IPage page, int id) => page.GetByRole(AriaRole.Button, new() { Name = $"Connection {id}", Exact = true });
}
