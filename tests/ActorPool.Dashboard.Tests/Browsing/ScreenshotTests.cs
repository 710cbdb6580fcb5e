using ActorPool.Dashboard.Tests.Hosting;
using ActorPool.TestKit;
using Microsoft.Playwright;

namespace ActorPool.Dashboard.Tests.Browsing;

/// <summary>
/// Makes the pictures of the project's README, if <c>ACTORPOOL_SCREENSHOTS</c> names the folder to put them into. They are to be
/// looked at before they are committed.
/// </summary>
public sealed class ScreenshotTests(Chromium chromium) : BrowserTests(chromium)
{
    const string Folder = "ACTORPOOL_SCREENSHOTS";

    [SkippableTheory]
    [InlineData("healthy")]
    [InlineData("failing")]
    public async Task Screenshots(string scene)
    {
        var folder = Environment.GetEnvironmentVariable(Folder);
        Skip.If(folder is null, $"{Folder} names no folder.");
        await using var host = await DashboardHost.StartAsync(options => options.Title = "Pools of the shop", users: true);
        await using var shop = new Scene(host);
        var orders = shop.Add("orders", 16, 0.5, 9);
        await shop.HoldAsync("nightly report");
        await shop.HoldAsync("GET /orders/1841");
        await shop.HoldAsync("POST /checkout");
        shop.Add("sessions", 8, 0.4, 6);
        var search = shop.Add("search", 12, 0.45, 11);
        var payments = shop.Add("payments", 6, scene == "failing" ? 0.8 : 0.45, 7);
        shop.Add("stock", 24, 0.6, 13);
        shop.Add("mail", 4, 0.3, 5);
        shop.Add("reports", 2, 0.75, 8);
        shop.Add("tenants/db-eu-1", 200, 0.4, 10);
        shop.Begin();

        var page = await Chromium.NewPageAsync(TestUsers.Operator, height: 1020);
        await OpenAsync(page, host);
        var open = RowOf(page, scene == "failing" ? "payments" : "orders");
        await open.ClickAsync();
        await SamplesAsync(page, 230);
        if (scene == "failing")
        {
            Fail(payments, new IOException("Connection refused (payments.shop.internal:5408)"));
            await Expect(open.Locator(".badge")).ToHaveTextAsync("Unavailable");
            Fail(search, new TimeoutException("No answer from search.shop.internal within 5 s"));
            await Expect(RowOf(page, "search").Locator(".badge")).ToHaveTextAsync("Failing");
        }
        else
        {
            await Expect(page.Locator("tr.connection[data-state=leased]").First).ToBeVisibleAsync();
            orders.Condemn(orders.Open[^1], new IOException("the peer closed the connection"));
            await page.Locator("tr.connection[data-state=leased]").First.ClickAsync();
            await Expect(page.Locator(".recorder .history li").First).ToBeVisibleAsync();
        }

        await Expect(page.Locator(".journal .trouble").First).ToBeVisibleAsync();
        await page.Mouse.MoveAsync(2, 2);
        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme });
            await ShootAsync(page, Path.Combine(folder!, $"{scene}-{(theme == ColorScheme.Dark ? "dark" : "light")}.png"));
        }

        await page.SetViewportSizeAsync(390, 844);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await ShootAsync(page, Path.Combine(folder!, $"{scene}-narrow.png"));
    }

    static async Task ShootAsync(IPage page, string path)
    {
        await page.EvaluateAsync("() => { document.activeElement?.blur(); scrollTo(0, 0); }");
        await page.ScreenshotAsync(new() { Path = path });
    }

    static void Fail(ScriptedConnector<ScriptedConnection> connector, Exception error)
    {
        connector.Opens.Always(StepPlan.Fail(error));
        foreach (var connection in connector.Open)
        {
            connector.Condemn(connection, error);
        }
    }

    static Task<IJSHandle> SamplesAsync(IPage page, int count) => page.WaitForFunctionAsync(
        "count => performance.getEntriesByName('picture applied').length >= count", count, new() { Timeout = 60_000 });
}
