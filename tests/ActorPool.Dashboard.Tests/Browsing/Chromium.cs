using ActorPool.Dashboard.Tests.Hosting;
using ActorPool.Servers;
using Microsoft.Playwright;

namespace ActorPool.Dashboard.Tests.Browsing;

/// <summary>
/// Debian's browser, driven by Playwright's own driver; nothing is downloaded. Started when the first test wants a page, and
/// shared by all, one after the other.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    IPlaywright? _playwright;
    IBrowser? _browser;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A window of its own, with nothing in it.</summary>
    /// <param name="user">One of <see cref="TestUsers"/>; null for nobody.</param>
    /// <param name="scheme">The system's theme.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    internal async Task<IPage> NewPageAsync(string? user = null, ColorScheme scheme = ColorScheme.Light, int width = 1440, int height = 900)
    {
        var browser = await BrowserAsync();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
            ExtraHTTPHeaders = user is null ? [] : [new(TestUsers.Header, user)],
        });
        context.SetDefaultTimeout(15_000);
        return await context.NewPageAsync();
    }

    async Task<IBrowser> BrowserAsync()
    {
        var program = RequiredServer.Find("chromium", "chromium");
        Assertions.SetDefaultExpectTimeout(20_000); // of a machine that has other things to do
        _playwright ??= await Playwright.CreateAsync();
        return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        });
    }
}
