using System.Net;
using ActorPool.Http.Exchanges;

namespace ActorPool.Http;

/// <summary>
/// Sends requests over leased connections. The body of an answer holds the lease of its connection until it is read to its
/// end or disposed. Cheap, and thrown away at will (by <c>IHttpClientFactory</c> every two minutes): the connections belong
/// to the <see cref="HttpPools"/>, which it does not dispose.
/// </summary>
/// <remarks>
/// What goes wrong is an <see cref="HttpRequestException"/> with the pool's error inside; a cancelled request, one of
/// <see cref="HttpClient.Timeout"/> included, is an <see cref="OperationCanceledException"/>, and its HTTP/1.1 connection is
/// closed.
/// </remarks>
public sealed class PooledHttpHandler : HttpMessageHandler
{
    readonly HttpPools _pools;
    readonly Sender _sender;
    readonly Conversation _conversation;
    bool _isDisposed;

    /// <summary>A handler over pools that somebody else owns.</summary>
    /// <param name="pools">The pools.</param>
    public PooledHttpHandler(HttpPools pools)
    {
        ArgumentNullException.ThrowIfNull(pools);
        _pools = pools;
        _sender = pools.Sender;
        var settings = pools.Settings;
        Cookies = settings.UseCookies ? settings.CookieContainer ?? new CookieContainer() : null;
        _conversation = new Conversation(pools, Cookies);
    }

    /// <summary>Where cookies are kept; null if they are not.</summary>
    public CookieContainer? Cookies { get; }

    /// <summary>The pools.</summary>
    public HttpPools Pools => _pools;

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Check(request);
        return _conversation.SendAsync(request, cancellationToken);
    }

    /// <summary><b>Blocks</b> the calling thread until the headers of the answer are there; the work is done on the thread pool.</summary>
    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Check(request);
        return _conversation.SendAsync(request, cancellationToken).GetAwaiter().GetResult();
    }

    /// <summary>Ends the use of this handler; the pools and their connections stay.</summary>
    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        base.Dispose(disposing);
    }

    internal static bool IsSupported(Uri target) =>
        target.Scheme == Uri.UriSchemeHttp || target.Scheme == Uri.UriSchemeHttps
        || target.Scheme == Uri.UriSchemeWs || target.Scheme == Uri.UriSchemeWss;

    void Check(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (request.RequestUri is not { IsAbsoluteUri: true } target)
        {
            throw HttpErrors.NoTarget();
        }

        if (!IsSupported(target))
        {
            throw HttpErrors.Scheme(target);
        }
    }
}
