using System.Net;
using ActorPool.Http.Connections;
using ActorPool.Http.Origins;

namespace ActorPool.Http.Exchanges;

/// <summary>Which protocol a request's version and policy ask for.</summary>
static class Versions
{
    /// <summary>The connection speaks HTTP/1.1, and the request wants more.</summary>
    /// <exception cref="HttpRequestException">And nothing less; the connection is given back.</exception>
    public static void Lower(HttpRequestMessage request, HttpConnection connection, Lease<HttpConnection> lease)
    {
        if (request.VersionPolicy != HttpVersionPolicy.RequestVersionOrLower)
        {
            connection.GiveBack();
            lease.Dispose();
            throw HttpErrors.NoHttp2(request);
        }

        request.Version = HttpVersion.Version11;
    }

    /// <summary>
    /// What is to be spoken. A wish for HTTP/3 that allows less becomes one for HTTP/2, and one for more than what was asked
    /// is bounded there: otherwise the handler would look for HTTP/3 on its own, past the pool.
    /// </summary>
    /// <exception cref="HttpRequestException">HTTP/3 or later, and nothing less.</exception>
    public static HttpProtocol Choose(HttpRequestMessage request, Uri target)
    {
        var isSecure = target.Scheme == Uri.UriSchemeHttps || target.Scheme == Uri.UriSchemeWss;
        var orHigher = request.VersionPolicy == HttpVersionPolicy.RequestVersionOrHigher;
        if (request.Version.Major >= 3)
        {
            if (request.VersionPolicy != HttpVersionPolicy.RequestVersionOrLower)
            {
                throw HttpErrors.Http3();
            }

            request.Version = HttpVersion.Version20;
        }

        if (request.Version.Major == 2)
        {
            if (orHigher)
            {
                request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
            }

            return isSecure ? HttpProtocol.Negotiated
                : request.VersionPolicy == HttpVersionPolicy.RequestVersionOrLower ? HttpProtocol.Http1
                : HttpProtocol.Http2;
        }

        if (!orHigher || !isSecure)
        {
            return HttpProtocol.Http1;
        }

        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        return HttpProtocol.Negotiated;
    }
}
