using System.Globalization;
using System.Text.RegularExpressions;
using ActorPool.Dashboard.Tests.Hosting;
using Microsoft.Playwright;

namespace ActorPool.Dashboard.Tests.Browsing;

/// <summary>Light and dark, names of controls, small windows.</summary>
public sealed partial class LegibilityTests(Chromium chromium) : BrowserTests(chromium)
{
    const double ContrastMin = 4.5;

    [Fact]
    public void Every_text_has_enough_contrast_on_every_ground_in_both_themes()
    {
        using var stream = typeof(DashboardOptions).Assembly.GetManifestResourceStream("palette.css")!;
        var colours = Colour().Matches(new StreamReader(stream).ReadToEnd()).ToDictionary(
            match => match.Groups["name"].Value,
            match => new[] { match.Groups["light"].Value, match.Groups["dark"].Value });
        var pairs = new[] { "text", "muted", "accent", "good", "warn", "bad" }
            .SelectMany(text => new[] { "ground", "surface", "raised" }.Select(ground => (Ink: text, Fill: ground)))
            .Concat(colours.Keys.Where(name => name.EndsWith("-ink", StringComparison.Ordinal)).Select(ink => (Ink: ink, Fill: ink[..^4] + "-fill")))
            .ToList();

        Assert.True(pairs.Count > 25, "the palette has hardly any pairs: does this test still find them?");
        foreach (var theme in new[] { 0, 1 })
        {
            foreach (var (ink, fill) in pairs)
            {
                var contrast = Contrast(colours[ink][theme], colours[fill][theme]);
                Assert.True(contrast >= ContrastMin, $"{ink} on {fill} has a contrast of {contrast:0.00} in theme {theme}");
            }
        }
    }

    [SkippableFact]
    public async Task The_theme_is_the_systems_until_another_is_chosen_which_is_kept()
    {
        await using var host = await DashboardHost.StartAsync();
        var page = await Chromium.NewPageAsync(scheme: ColorScheme.Dark);
        var errors = await OpenAsync(page, host);
        var body = page.Locator("html");

        await Expect(body).ToHaveCSSAsync("background-color", "rgb(18, 20, 25)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Theme: System" }).ClickAsync();
        await Expect(body).ToHaveCSSAsync("background-color", "rgb(245, 244, 241)");
        await page.ReloadAsync();
        await Expect(body).ToHaveCSSAsync("background-color", "rgb(245, 244, 241)");
        await page.Keyboard.PressAsync("t");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Theme: Dark" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("t");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Theme: System" })).ToBeVisibleAsync();
        errors.AssertNone();
    }

    [SkippableFact]
    public async Task Every_control_has_a_name_and_every_picture_a_text()
    {
        await using var host = await DashboardHost.StartAsync(users: true);
        await host.AddPool("orders", options => options.MinSize = 2).WarmUpAsync();
        var page = await Chromium.NewPageAsync(TestUsers.Operator);
        await OpenAsync(page, host);
        await RowOf(page, "orders").ClickAsync();
        await page.Locator("tr.connection").First.ClickAsync();
        await Expect(page.Locator(".recorder button")).ToHaveCountAsync(2);

        var nameless = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll("button, input, select, [role=img], img, [role=treegrid], dialog[open]")]
              .filter((one) => one.checkVisibility())
              .filter((one) => !(one.getAttribute("aria-label") || one.alt !== undefined && one.tagName === "IMG"
                || one.labels?.length && [...one.labels].some((label) => label.textContent.trim())
                || one.textContent.trim() && one.tagName !== "SELECT"))
              .map((one) => one.outerHTML.slice(0, 120))
            """);

        Assert.Empty(nameless);
    }

    [SkippableTheory]
    [InlineData(360)]
    [InlineData(800)]
    [InlineData(1280)]
    [InlineData(2200)]
    public async Task Nothing_sticks_out_of_the_window(int width)
    {
        await using var host = await DashboardHost.StartAsync(users: true);
        var pool = host.AddPool("a pool whose name is rather long, as they are when they are made of hosts and databases", options => options.MaxSize = 32);
        await pool.WarmUpAsync(20);
        host.AddPool("wide", options => options.MaxSize = 500);
        var page = await Chromium.NewPageAsync(TestUsers.Operator, width: width);
        var errors = await OpenAsync(page, host);
        await page.Locator(".row").First.ClickAsync();
        await Expect(page.Locator("tr.connection").First).ToBeVisibleAsync();

        var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

        Assert.True(overflow <= 0, $"{overflow} pixels stick out at {width}");
        errors.AssertNone();
    }

    /// <summary>WCAG 2.2, relative luminance and contrast ratio.</summary>
    static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    static double Luminance(string colour)
    {
        double Channel(int at)
        {
            var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }

    [GeneratedRegex(@"--(?<name>[\w-]+): light-dark\((?<light>#[0-9a-f]{6}), (?<dark>#[0-9a-f]{6})\)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Colour();
}
