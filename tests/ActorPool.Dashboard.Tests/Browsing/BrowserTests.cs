using ActorPool.Dashboard.Tests.Hosting;
using Microsoft.Playwright;

namespace ActorPool.Dashboard.Tests.Browsing;

/// <summary>What tests in the browser share: the browser, and that nothing may go wrong on the page without its being noticed.</summary>
[Collection(nameof(BrowserTests))]
public abstract class BrowserTests(Chromium chromium)
{
    protected Chromium Chromium => chromium;

    /// <summary>Opens the page and waits until it is live.</summary>
    private protected static async Task<PageErrors> OpenAsync(IPage page, DashboardHost host)
    {
        var errors = new PageErrors(page);
        await page.GotoAsync(host.Page.ToString());
        await Assertions.Expect(page.Locator("#pulse-word")).ToHaveTextAsync("Live");
        return errors;
    }

    /// <summary>A pool's row, by its name.</summary>
    private protected static ILocator RowOf(IPage page, string name) =>
        page.Locator(".row").Filter(new() { Has = page.Locator(".name").GetByText(name, new() { Exact = true }) });

    private protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
