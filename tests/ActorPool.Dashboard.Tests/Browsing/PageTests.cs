using ActorPool.Dashboard.Tests.Hosting;
using ActorPool.Servers;
using ActorPool.TestKit;
using Microsoft.Playwright;

namespace ActorPool.Dashboard.Tests.Browsing;

/// <summary>What somebody sees who opens the page.</summary>
public sealed class PageTests(Chromium chromium) : BrowserTests(chromium)
{
    [SkippableFact]
    public async Task It_shows_all_pools_and_follows_them()
    {
        await using var host = await DashboardHost.StartAsync(options => options.Title = "Pools of the shop");
        var orders = host.AddPool("orders", options => options.MaxSize = 3);
        host.AddPool("cache");
        var page = await Chromium.NewPageAsync();
        var errors = await OpenAsync(page, host);

        await Expect(page).ToHaveTitleAsync("Pools of the shop");
        await Expect(page.Locator("#total-pools")).ToHaveTextAsync("2");
        await Expect(RowOf(page, "cache").Locator(".badge")).ToHaveTextAsync("Healthy");
        var lease = await orders.AcquireAsync();
        await Expect(RowOf(page, "orders").Locator(".slots")).ToHaveAttributeAsync("aria-label", "1 leased, at most 3");
        await Expect(RowOf(page, "orders").Locator(".slot.leased")).ToHaveTextAsync("L");
        lease.Dispose();
        await Expect(RowOf(page, "orders").Locator(".slot.idle")).ToHaveTextAsync("I");

        host.AddPool("late");
        await Expect(RowOf(page, "late")).ToBeVisibleAsync();
        await orders.DrainAsync();
        await Expect(RowOf(page, "orders")).ToHaveCountAsync(0);
        errors.AssertNone();
    }

    [SkippableFact]
    public async Task A_socket_that_dies_is_seen_to_be_replaced()
    {
        await using var server = EchoServer.Start();
        await using var proxy = FaultProxy.Start("127.0.0.1", server.Port);
        await using var host = await DashboardHost.StartAsync();
        var pool = host.Add(ConnectionPool.Create(
            new TcpConnector(proxy.Host, proxy.Port), new PoolOptions { Name = "echo", MinSize = 1, MaxSize = 2 }, host.Runtime));
        await pool.WarmUpAsync();
        var page = await Chromium.NewPageAsync();
        var errors = await OpenAsync(page, host);
        await RowOf(page, "echo").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Connection 1", Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator(".connection .address")).ToContainTextAsync($"127.0.0.1:{proxy.Port}");

        proxy.KillAll();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Connection 2", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Connection 1", Exact = true })).ToHaveCountAsync(0);
        await Expect(page.Locator(".journal .trouble").First).ToContainTextAsync("Connection 1 was lost (Condemned)");
        await page.GetByText("Flight recorder at its end").First.ClickAsync();
        await Expect(page.Locator(".journal .history li").Last).ToContainTextAsync("Open → Opening");
        await Expect(RowOf(page, "echo").Locator(".slot.idle")).ToHaveCountAsync(1);
        errors.AssertNone();
    }

    [SkippableFact]
    public async Task A_server_that_goes_away_and_comes_back_turns_the_health_and_names_the_error()
    {
        await using var host = await DashboardHost.StartAsync();
        var connector = ScriptedConnection.Connector();
        connector.Opens.Always(StepPlan.Fail(new IOException("connection refused by 127.0.0.1:5432")));
        host.AddPool(
            "orders",
            options =>
            {
                options.MinSize = 1;
                options.UnavailableAfter = Timeout.InfiniteTimeSpan; // failing, however long the browser takes to start
                options.ReconnectBackoff.Initial = TimeSpan.FromMilliseconds(50);
                options.ReconnectBackoff.Max = TimeSpan.FromMilliseconds(100);
            },
            connector);
        var page = await Chromium.NewPageAsync();
        var errors = await OpenAsync(page, host);

        await Expect(RowOf(page, "orders").Locator(".badge")).ToHaveTextAsync("Failing");
        await Expect(RowOf(page, "orders").Locator(".note")).ToHaveTextAsync("IOException: connection refused by 127.0.0.1:5432");
        await Expect(page.Locator("#total-troubled")).ToHaveTextAsync("1 troubled");
        await RowOf(page, "orders").ClickAsync();
        await Expect(page.Locator(".last-error")).ToContainTextAsync("in a row");

        connector.Opens.Always(StepPlan.Succeed);
        await Expect(RowOf(page, "orders").Locator(".badge")).ToHaveTextAsync("Healthy");
        await Expect(page.Locator(".journal")).ToContainTextAsync("The endpoint opens connections again.");
        errors.AssertNone();
    }

    [SkippableFact]
    public async Task A_connection_tells_its_holder_and_on_a_click_its_flight_recorder()
    {
        await using var host = await DashboardHost.StartAsync();
        var pool = host.AddPool("orders");
        using var lease = await pool.AcquireAsync(new AcquireLease(Holder: "checkout of basket 12"));
        var page = await Chromium.NewPageAsync();
        var errors = await OpenAsync(page, host);

        await RowOf(page, "orders").ClickAsync();
        await Expect(page.Locator(".holder")).ToContainTextAsync("checkout of basket 12, since");
        await page.Locator("tr.connection").ClickAsync();

        await Expect(page.Locator(".recorder .history li").First).ToContainTextAsync("Take → Leased");
        await Expect(page.Locator(".recorder")).Not.ToContainTextAsync("Evict");
        errors.AssertNone();
    }

    [SkippableFact]
    public async Task Markup_in_names_holders_and_errors_is_shown_and_does_nothing()
    {
        const string Markup = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        await using var host = await DashboardHost.StartAsync(options => options.Title = $"Pools {Markup}", users: true);
        var connector = ScriptedConnection.Connector();
        connector.Opens.Next(StepPlan.Succeed).Always(StepPlan.Fail(new IOException(Markup)));
        var pool = host.AddPool(
            Markup,
            options =>
            {
                options.MinSize = 2;
                options.MaxConcurrentConnects = 1;
                options.ReconnectBackoff.Max = TimeSpan.FromMilliseconds(200); // the journal begins with the first look: it needs a failure after that
            },
            connector);
        using var lease = await pool.AcquireAsync(new AcquireLease(Holder: Markup));
        var page = await Chromium.NewPageAsync(TestUsers.Operator);
        var errors = await OpenAsync(page, host);

        await Expect(page.Locator(".row .name")).ToHaveTextAsync(Markup);
        await Expect(page.Locator(".row .note")).ToContainTextAsync(Markup);
        await page.Locator(".row").ClickAsync();
        await Expect(page.Locator(".holder").First).ToContainTextAsync(Markup);
        await Expect(page.Locator(".journal")).ToContainTextAsync(Markup);
        await page.GetByRole(AriaRole.Button, new() { Name = "Drain…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync(Markup);

        Assert.Equal($"Pools {Markup}", await page.TitleAsync());
        Assert.Equal(0, await page.Locator("img:not([src='icon.svg']), body script").CountAsync());
        errors.AssertNone();
    }

    [SkippableFact]
    public async Task A_dropped_connection_is_said_and_resumed()
    {
        await using var host = await DashboardHost.StartAsync();
        host.AddPool("orders");
        var page = await Chromium.NewPageAsync();
        var errors = await OpenAsync(page, host);
        Assert.False(await page.Locator("#offline").IsVisibleAsync());

        var root = host.Root.ToString();
        await host.Application.StopAsync();
        await Expect(page.Locator("#offline")).ToContainTextAsync("Disconnected");
        await Expect(page.Locator("#pulse-word")).ToHaveTextAsync("Disconnected");
        await Expect(RowOf(page, "orders")).ToBeVisibleAsync();

        await using var again = await DashboardHost.StartAsync(url: root);
        again.AddPool("orders after the restart");
        await Expect(RowOf(page, "orders after the restart")).ToBeVisibleAsync();
        await Expect(page.Locator("#pulse-word")).ToHaveTextAsync("Live");
        await Expect(page.Locator("#offline")).ToBeHiddenAsync();
        await Expect(RowOf(page, "orders")).ToHaveCountAsync(0);
        _ = errors; // the browser itself logs that the server did not answer
    }

    [SkippableFact]
    public async Task Pools_are_filtered_and_sorted()
    {
        await using var host = await DashboardHost.StartAsync();
        var busy = host.AddPool("orders", options => options.MaxSize = 1);
        host.AddPool("cache");
        var paused = host.AddPool("mail");
        await paused.PauseAsync();
        using var lease = await busy.AcquireAsync();
        var waiter = busy.AcquireAsync().AsTask();
        var page = await Chromium.NewPageAsync();
        var errors = await OpenAsync(page, host);
        var names = page.Locator(".row .name");

        await Expect(names).ToHaveTextAsync(["mail", "cache", "orders"]);
        await Expect(RowOf(page, "mail").Locator(".badge")).ToHaveTextAsync("Paused");
        await page.Locator("#sort").SelectOptionAsync("waiters");
        await Expect(names).ToHaveTextAsync(["orders", "mail", "cache"]);
        await Expect(RowOf(page, "orders").Locator(".cell-waiting")).ToContainTextAsync("1 waiting for");
        await page.Locator("#sort").SelectOptionAsync("name");
        await Expect(names).ToHaveTextAsync(["cache", "mail", "orders"]);
        await page.Locator("#troubled").CheckAsync();
        await Expect(names).ToHaveTextAsync(["mail", "orders"]);
        await page.Locator("#filter").FillAsync("ORD");
        await Expect(names).ToHaveTextAsync(["orders"]);
        await page.Locator("#filter").FillAsync("nothing like it");
        await Expect(page.Locator("#empty")).ToContainTextAsync("None of 3 pools fits");

        lease.Dispose();
        (await waiter).Dispose();
        errors.AssertNone();
    }

    static IPageAssertions Expect(IPage page) => Assertions.Expect(page);
}
