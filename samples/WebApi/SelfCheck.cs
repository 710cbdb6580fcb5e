using System.Net.Http.Json;
using WebApi.Orders;

namespace WebApi;

/// <summary>Starts the service, uses everything it has once, and says what came of it: <c>--check true</c>.</summary>
static class SelfCheck
{
    public static async Task<int> RunAsync(WebApplication app)
    {
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(20) };
        try
        {
            Console.Write(await http.GetStringAsync(new Uri("/", UriKind.Relative)));
            using var created = await http.PostAsync(new Uri("/orders?item=green%20tea&quantity=3", UriKind.Relative), content: null);
            var order = await http.GetFromJsonAsync<Order>(created.Headers.Location);
            var price = await http.GetFromJsonAsync<decimal>("/prices/tea");
            Console.WriteLine($"order {order?.Id}: {order?.Quantity} × {order?.Item} at {price}");
            Console.WriteLine(await http.GetStringAsync(new Uri("/health", UriKind.Relative)));
            var page = await http.GetStringAsync(new Uri("/pools", UriKind.Relative));
            Console.WriteLine($"the page has {page.Length} characters");
            return order is { Item: "green tea", Quantity: 3 } && page.Contains("<html", StringComparison.OrdinalIgnoreCase) ? 0 : 1;
        }
        finally
        {
            await app.StopAsync();
        }
    }
}
