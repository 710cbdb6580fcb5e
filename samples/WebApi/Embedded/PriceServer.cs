using System.Globalization;

namespace WebApi.Embedded;

/// <summary>Knows prices, over HTTP/1.1 that is kept alive.</summary>
sealed class PriceServer : LineServer
{
    protected override async Task<string?> AnswerAsync(StreamReader requests, CancellationToken cancellationToken)
    {
        if (await requests.ReadLineAsync(cancellationToken) is not { } request)
        {
            return null;
        }

        while (await requests.ReadLineAsync(cancellationToken) is { Length: > 0 })
        {
            // headers, which change nothing here
        }

        var price = string.Create(CultureInfo.InvariantCulture, $"{request.Length * 7 % 50}.95");
        return $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {price.Length}\r\n\r\n{price}";
    }
}
