using System.Globalization;

namespace WebApi.Embedded;

/// <summary>The servers that the service would have elsewhere, so that it runs with nothing installed.</summary>
sealed class EmbeddedServers : IAsyncDisposable
{
    readonly OrderServer _orders = new();
    readonly CounterServer _visits = new();
    readonly PriceServer _prices = new();

    /// <summary>Tells a configuration where they are. What it is told by its environment comes first.</summary>
    public void TellTo(IConfigurationManager configuration)
    {
        var known = new Dictionary<string, string?> { ["actorpool:pools:orders:tcp:port"] = _orders.Port.ToString(CultureInfo.InvariantCulture) };
        if (configuration["REDIS_URL"] is null)
        {
            known["actorpool:pools:visits:redis:url"] = string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{_visits.Port}/0");
        }

        if (configuration["PRICES_ADDRESS"] is null)
        {
            known["prices:address"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_prices.Port}");
        }

        if (configuration.GetSection("actorpool:pools:orders:database").Exists())
        {
            known.Remove("actorpool:pools:orders:tcp:port");
        }

        configuration.AddInMemoryCollection(known);
    }

    public async ValueTask DisposeAsync()
    {
        await _orders.DisposeAsync();
        await _visits.DisposeAsync();
        await _prices.DisposeAsync();
    }
}
