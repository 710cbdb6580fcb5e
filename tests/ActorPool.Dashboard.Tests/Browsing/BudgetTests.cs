using ActorPool.Dashboard.Tests.Hosting;
using Microsoft.Playwright;

namespace ActorPool.Dashboard.Tests.Browsing;

/// <summary>What somebody sees of a budget over many machines.</summary>
public sealed class BudgetTests(Chromium chromium) : BrowserTests(chromium)
{
    [SkippableFact]
    public async Task It_shows_every_node_with_what_it_holds_and_wants_and_follows_them()
    {
        await using var host = await DashboardHost.StartAsync();
        var budget = new ScriptedBudget("shop", host.Runtime);
        host.AddPool("orders", options => options.Budget = budget);
        var page = await Chromium.NewPageAsync();
        var errors = await OpenAsync(page, host);
        var row = page.Locator(".budget[data-budget=shop]");

        await Expect(row.Locator(".badge")).ToHaveTextAsync("Active");
        await Expect(row.Locator(".facts")).ToContainTextAsync("free31 of 200");
        await Expect(row.Locator(".facts")).ToContainTextAsync("deadline in7 s");
        await Expect(row.Locator(".shares")).ToHaveAttributeAsync("aria-label", "web-1 12, web-2 150, web-3 7, free 31");
        await Expect(row.Locator("tbody tr")).ToHaveTextAsync(["web-1 this node1215now", "web-21501802 s ago", "web-370fenced, silent for 14 s"]);

        budget.Now = budget.Now with
        {
            State = ClusterBudgetState.CutOff,
            LastError = "no route to db.internal",
            Held = 0,
            DeadlineIn = TimeSpan.Zero,
            Nodes = [budget.Now.Nodes[0] with { Held = 0 }, budget.Now.Nodes[1]],
        };

        await Expect(row.Locator(".badge")).ToHaveTextAsync("Cut off");
        await Expect(row.Locator(".note")).ToHaveTextAsync("no route to db.internal");
        await Expect(row.Locator("tbody tr")).ToHaveTextAsync(["web-1 this node015now", "web-21501802 s ago"]);
        errors.AssertNone();
    }

    [SkippableFact]
    public async Task Its_nodes_are_folded_by_the_keyboard_and_very_many_are_folded_from_the_start()
    {
        await using var host = await DashboardHost.StartAsync();
        var few = new ScriptedBudget("few", host.Runtime);
        var many = new ScriptedBudget("many", host.Runtime);
        many.Now = many.Now with
        {
            Nodes = [.. Enumerable.Range(0, 300).Select(static number => new ClusterNodeSnapshot($"web-{number}", $"many/web-{number}/0", 1, 1, number == 0, false, null))],
        };
        host.AddPool("orders", options => options.Budget = few);
        host.AddPool("customers", options => options.Budget = many);
        var page = await Chromium.NewPageAsync();
        var errors = await OpenAsync(page, host);
        var (small, large) = (page.Locator(".budget[data-budget=few]"), page.Locator(".budget[data-budget=many]"));

        await Expect(small.Locator("tbody tr").First).ToBeVisibleAsync();
        await Expect(large.Locator("tbody tr").First).ToBeHiddenAsync();
        await small.Locator("summary").PressAsync("Enter");
        await Expect(small.Locator("tbody tr").First).ToBeHiddenAsync();
        await large.Locator("summary").PressAsync("Enter");
        await Expect(large.Locator("tbody tr").First).ToBeVisibleAsync();
        await Expect(large.Locator(".nodes > p")).ToHaveTextAsync("200 of 300 nodes: those that are silent or fenced, and others.");
        errors.AssertNone();
    }

    [SkippableFact]
    public async Task Without_a_budget_there_is_no_word_of_one()
    {
        await using var host = await DashboardHost.StartAsync();
        var pool = host.AddPool("orders", options => options.Budget = new ScriptedBudget("shop", host.Runtime));
        host.AddPool("free");
        var page = await Chromium.NewPageAsync();
        var errors = await OpenAsync(page, host);
        await Expect(page.Locator(".budget")).ToHaveCountAsync(1);

        await pool.DrainAsync();

        await Expect(page.Locator("#budgets")).ToBeHiddenAsync();
        await Expect(page.Locator(".budget")).ToHaveCountAsync(0);
        errors.AssertNone();
    }

    [SkippableFact]
    public async Task Markup_in_names_and_errors_is_shown_and_does_nothing()
    {
        const string Markup = "<img src=x onerror=\"document.title='owned'\">";
        await using var host = await DashboardHost.StartAsync();
        var budget = new ScriptedBudget(Markup, host.Runtime);
        budget.Now = budget.Now with { LastError = Markup, Nodes = [new(Markup, Markup, 1, 1, false, false, null)] };
        host.AddPool("orders", options => options.Budget = budget);
        var page = await Chromium.NewPageAsync();
        var errors = await OpenAsync(page, host);

        await Expect(page.Locator(".budget .name")).ToHaveTextAsync(Markup);
        await Expect(page.Locator(".budget .note")).ToHaveTextAsync(Markup);
        await Expect(page.Locator(".budget .node-name")).ToHaveTextAsync(Markup);
        Assert.Equal(0, await page.Locator("img:not([src='icon.svg'])").CountAsync());
        errors.AssertNone();
    }
}
