using System.Collections.Concurrent;
using System.Net;

namespace ActorPool.Http.Origins;

/// <summary>Finds the origin of a request. What it remembers is bounded: beyond that it forgets all and begins anew.</summary>
/// <param name="proxy">Who knows the proxies; null for none.</param>
/// <param name="originsMax">How many are remembered.</param>
sealed class OriginTable(IWebProxy? proxy, int originsMax)
{
    readonly ConcurrentDictionary<OriginKey, Origin> _origins = new();
    readonly List<ProxyAddress> _proxies = [];

    /// <summary>Where a request goes that is to be spoken in a certain way.</summary>
    /// <exception cref="HttpRequestException">The proxy cannot be used.</exception>
    public Origin Find(Uri target, HttpProtocol protocol)
    {
        var through = ProxyAddress.Find(proxy, target);
        var origin = through is null || target.Scheme != Uri.UriSchemeHttp
            // a proxy need not understand an upgrade to WebSockets: ws has a tunnel too (RFC 6455, section 4.1)
            ? Find(new OriginKey(IsSecure(target), target.IdnHost, target.Port, protocol, through, IsTunnelled: through is not null))
            // a plain request is for the proxy to pass on: its connections serve all hosts
            : Find(new OriginKey(IsSecure: false, through.Host, through.Port, HttpProtocol.Http1, through, IsTunnelled: false));
        return origin.HasNoHttp2 ? Find(origin.Key with { Protocol = HttpProtocol.Http1 }) : origin;
    }

    public Origin Find(OriginKey key) => _origins.TryGetValue(key, out var origin) ? origin : Add(key);

    static bool IsSecure(Uri target) => target.Scheme == Uri.UriSchemeHttps || target.Scheme == Uri.UriSchemeWss;

    Origin Add(OriginKey key)
    {
        if (_origins.Count >= originsMax)
        {
            _origins.Clear();
        }

        return _origins.GetOrAdd(key, static (key, table) => new Origin(key, table.NumberOf(key.Proxy)), this);
    }

    /// <summary>The how-manieth login at its address it is, from 1; 0 for no proxy.</summary>
    int NumberOf(ProxyAddress? address)
    {
        if (address is null)
        {
            return 0;
        }

        lock (_proxies)
        {
            var index = _proxies.IndexOf(address);
            if (index < 0)
            {
                index = _proxies.Count;
                _proxies.Add(address);
            }

            return _proxies.Take(index + 1).Count(known => known.Address == address.Address);
        }
    }
}
