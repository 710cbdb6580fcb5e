using System.Net;
using System.Runtime.CompilerServices;
using ActorPool.Http.Connections;
using ActorPool.Http.Origins;

namespace ActorPool.Http.Exchanges;

/// <summary>
/// One request and its answer: finds the pool, leases a connection, sends, and hands the lease over to the answer's body. A
/// connection that turns out to be gone is replaced by another one, unless the request may have been carried out.
/// </summary>
sealed class Sender(HttpPools pools)
{
    /// <summary>
    /// So many connections in a row may be gone, as in <see cref="SocketsHttpHandler"/>. Used ones that were gone before anything
    /// was written come on top, as there: they are what is left of an idle time, and each costs no more than itself.
    /// </summary>
    const int GoneMax = 3;

    readonly bool _decompresses = pools.Settings.Connection.Decompresses;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var target = request.RequestUri!;
        var protocol = Versions.Choose(request, target);
        var tag = new RequestTag(request.Method, target);
        Exception? lastGone = null;
        var goneIdle = 0;
        for (var gone = 0; ;)
        {
            var origin = pools.Origins.Find(target, protocol);
            Lease<HttpConnection> lease;
            try
            {
                lease = await pools.AcquireAsync(origin, tag, cancellationToken).ConfigureAwait(false);
            }
            catch (EndpointUnavailableException) when (lastGone is not null)
            {
                // What makes the endpoint unavailable is what this request has met.
                throw HttpErrors.AllGone(request, gone + goneIdle, lastGone);
            }
            catch (PoolException error)
            {
                throw HttpErrors.NoConnection(error, request);
            }

            var connection = lease.Connection;
            if (!connection.TryTake())
            {
                // HTTP/1.1 where HTTP/2 was offered, and somebody else uses it: the pool of the former is the place
                lease.Dispose();
                origin.HasNoHttp2 = true;
                continue;
            }

            if (origin.Protocol != HttpProtocol.Http1 && !connection.IsHttp2)
            {
                origin.HasNoHttp2 = true;
            }

            var wanted = request.Version;
            if (!connection.IsHttp2 && wanted.Major > 1)
            {
                Versions.Lower(request, connection, lease);
            }

            var isUsed = connection.IsStarted;
            HttpResponseMessage response;
            try
            {
                response = await SendAsync(connection, origin, request, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                var isGone = IsGone(connection, request, error, out var verdict);
                var wasIdle = isUsed && !connection.IsHttp2 && !connection.IsWritten;
                Abandon(lease, connection, error, isGone);
                if (!isGone)
                {
                    throw;
                }

                if (verdict is not null)
                {
                    throw verdict;
                }

                lastGone = error;
                if (wasIdle)
                {
                    goneIdle++;
                }
                else if (++gone > GoneMax)
                {
                    throw HttpErrors.AllGone(request, gone + goneIdle, error);
                }

                continue;
            }
            finally
            {
                request.Version = wanted;
            }

            return Take(response, request, connection, lease, tag);
        }
    }

    static Task<HttpResponseMessage> SendAsync(
        HttpConnection connection, Origin origin, HttpRequestMessage request, CancellationToken cancellationToken) =>
        origin.Forwarder?.Authorization is { } authorization
            ? SendWithLoginAsync(connection, authorization, request, cancellationToken)
            : connection.SendAsync(request, cancellationToken);

    /// <summary>A plain request through a proxy carries the login; it must not be left on the request.</summary>
    static async Task<HttpResponseMessage> SendWithLoginAsync(
        HttpConnection connection, string authorization, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var added = !request.Headers.Contains("Proxy-Authorization")
            && request.Headers.TryAddWithoutValidation("Proxy-Authorization", authorization);
        try
        {
            return await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (added)
            {
                request.Headers.Remove("Proxy-Authorization");
            }
        }
    }

    HttpResponseMessage Take(
        HttpResponseMessage response, HttpRequestMessage request, HttpConnection connection, Lease<HttpConnection> lease, RequestTag tag)
    {
        connection.Note(response);
        if (HasNoBody(request, response))
        {
            connection.GiveBack();
            lease.Dispose();
        }
        else
        {
            var isDuplex = response.StatusCode == HttpStatusCode.SwitchingProtocols || request.Method == HttpMethod.Connect;
            response.Content = new LeasedContent(response.Content, connection, lease, tag, isDuplex, _decompresses);
        }

        return response;
    }

    /// <summary>RFC 9112, section 6.3; then the connection was free when the headers had been read.</summary>
    static bool HasNoBody(HttpRequestMessage request, HttpResponseMessage response) =>
        request.Method == HttpMethod.Head
        || response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified
        || (response.Content.Headers.NonValidated.TryGetValues("Content-Length", out var length) && length.ToString() == "0"
            && response.Headers.TransferEncodingChunked != true // which overrides a length
            && response.StatusCode != HttpStatusCode.SwitchingProtocols && request.Method != HttpMethod.Connect);

    /// <summary>Whether a request failed because its connection had been closed before it was answered, for no reason of the request's own; the verdict is what to throw if it may not be sent again, and null if it may.</summary>
    static bool IsGone(HttpConnection connection, HttpRequestMessage request, Exception error, out Exception? verdict)
    {
        verdict = null;
        if (error is not HttpRequestException)
        {
            return false;
        }

        if (HasMarker(error))
        {
            // over HTTP/2 the server has said which requests it did not look at, and the handler goes by that
            if (!connection.IsHttp2 && connection.IsWritten && !Requests.IsIdempotent(request.Method))
            {
                verdict = HttpErrors.NotSentAgain(request, error);
            }

            return true;
        }

        return !connection.IsHttp2 && !connection.IsWritten && error.InnerException is IOException && Requests.CanBeSentAgain(request);
    }

    static bool HasMarker(Exception error)
    {
        for (var at = error; at is not null; at = at.InnerException)
        {
            if (at is ConnectionGoneException)
            {
                return true;
            }
        }

        return false;
    }

    static void Abandon(Lease<HttpConnection> lease, HttpConnection connection, Exception error, bool isGone)
    {
        if (!connection.IsHttp2 || isGone)
        {
            lease.MarkFaulty(error);
        }

        connection.GiveBack();
        lease.Dispose();
    }
}
