using System.Collections.Concurrent;
using System.Globalization;

namespace WebApi.Embedded;

/// <summary>As much of Redis as counting needs: PING and INCR, in its own protocol.</summary>
sealed class CounterServer : LineServer
{
    readonly ConcurrentDictionary<string, long> _counters = new(StringComparer.Ordinal);

    protected override async Task<string?> AnswerAsync(StreamReader requests, CancellationToken cancellationToken)
    {
        if (await requests.ReadLineAsync(cancellationToken) is not ['*', .. var count])
        {
            return null;
        }

        // *2 $4 INCR $6 visits: each part's length, then the part
        var parts = new List<string>();
        for (var left = int.Parse(count, CultureInfo.InvariantCulture); left > 0; left--)
        {
            await requests.ReadLineAsync(cancellationToken);
            parts.Add(await requests.ReadLineAsync(cancellationToken) ?? "");
        }

        return parts switch
        {
            ["PING"] => "+PONG\r\n",
            ["INCR", var key] => string.Create(
                CultureInfo.InvariantCulture, $":{_counters.AddOrUpdate(key, 1, static (_, visits) => visits + 1)}\r\n"),
            _ => $"-ERR unknown command '{parts.FirstOrDefault()}'\r\n",
        };
    }
}
