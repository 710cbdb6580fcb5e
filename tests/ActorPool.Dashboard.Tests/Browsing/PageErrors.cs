using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ActorPool.Dashboard.Tests.Browsing;

/// <summary>What the page threw, what the browser refused it (content security policy), and what it logged as an error.</summary>
sealed class PageErrors
{
    readonly ConcurrentQueue<string> _errors = new();

    public PageErrors(IPage page)
    {
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _errors.Enqueue($"{message.Text} ({message.Location})");
            }
        };
    }

    public void AssertNone() => Assert.Empty(_errors);

    /// <summary>None but the browser's own notes that the server refused something.</summary>
    public void AssertNoneButRefusals() =>
        Assert.DoesNotContain(_errors, error => !error.StartsWith("Failed to load resource: the server responded with a status of 4", StringComparison.Ordinal));
}
