using System.Collections.Concurrent;
using System.Globalization;

namespace WebApi.Embedded;

/// <summary>Keeps orders in memory: <c>ADD item quantity</c>, <c>GET id</c>.</summary>
sealed class OrderServer : LineServer
{
    readonly ConcurrentDictionary<int, string> _orders = new();
    int _last;

    protected override async Task<string?> AnswerAsync(StreamReader requests, CancellationToken cancellationToken) =>
        (await requests.ReadLineAsync(cancellationToken))?.Split(' ') switch
        {
            null => null,
            ["ADD", var item, var quantity] => Add($"{item} {quantity}"),
            ["GET", var id] when _orders.TryGetValue(int.Parse(id, CultureInfo.InvariantCulture), out var order) => $"{id} {order}\n",
            _ => "NONE\n",
        };

    string Add(string order)
    {
        var id = Interlocked.Increment(ref _last);
        _orders[id] = order;
        return string.Create(CultureInfo.InvariantCulture, $"{id} {order}\n");
    }
}
