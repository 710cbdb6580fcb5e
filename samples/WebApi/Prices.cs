namespace WebApi;

/// <summary>Asks another service for prices, over an <see cref="HttpClient"/> whose requests ride on leases.</summary>
public sealed class Prices(HttpClient http)
{
    public async Task<decimal> OfAsync(string item, CancellationToken cancellationToken) =>
        await http.GetFromJsonAsync<decimal>($"/prices/{Uri.EscapeDataString(item)}", cancellationToken);
}
