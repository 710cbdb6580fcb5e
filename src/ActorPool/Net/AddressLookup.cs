using System.Net;
using System.Net.Sockets;

namespace ActorPool.Net;

/// <summary>Finds the addresses of a connector's end points, in the order in which they are tried.</summary>
/// <param name="endPoints">Names, addresses and Unix sockets.</param>
/// <param name="family">Which of a name's addresses to take; <see cref="AddressFamily.Unspecified"/> for all.</param>
/// <param name="endpoint">All of them in words, for messages.</param>
sealed class AddressLookup(IReadOnlyList<EndPoint> endPoints, AddressFamily family, string endpoint)
{
    /// <summary>Looks all names up, beside each other. One that is not found is passed over when another is.</summary>
    /// <exception cref="SocketException">No address was found; the message tells why.</exception>
    public async Task<IReadOnlyList<Candidate>> RunAsync(
        Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellationToken)
    {
        SocketException? failure = null;
        var found = await Task.WhenAll(endPoints.Select(FindAsync)).ConfigureAwait(false);
        var candidates = found.SelectMany(static some => some).ToList();
        return candidates.Count > 0 ? candidates : throw failure ?? NetErrors.NoAddress(endpoint, family);

        async Task<IEnumerable<Candidate>> FindAsync(EndPoint endPoint)
        {
            if (endPoint is not DnsEndPoint name)
            {
                return [new Candidate(endPoint, (endPoint as IPEndPoint)?.Address.ToString())];
            }

            if (IPAddress.TryParse(name.Host, out var literal))
            {
                return [new Candidate(new IPEndPoint(literal, name.Port), name.Host)];
            }

            try
            {
                var addresses = await resolve(name.Host, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
                var usable = family == AddressFamily.Unspecified ? addresses : Array.FindAll(addresses, address => address.AddressFamily == family);
                return Interleave(usable).Select(address => new Candidate(new IPEndPoint(address, name.Port), name.Host));
            }
            catch (SocketException error)
            {
                failure = NetErrors.NameNotResolved(name.Host, error);
                return [];
            }
        }
    }

    /// <summary>
    /// Takes the families in turn, beginning with that of the first address, so that a family without a route costs one
    /// attempt (RFC 8305, section 4); within a family the resolver's order stays.
    /// </summary>
    static IEnumerable<IPAddress> Interleave(IPAddress[] addresses) => addresses
        .GroupBy(static address => address.AddressFamily)
        .SelectMany(static family => family.Select(static (address, place) => (address, place)))
        .OrderBy(static one => one.place)
        .Select(static one => one.address);
}
