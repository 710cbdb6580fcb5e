using System.Net;

namespace ActorPool.Http.Exchanges;

/// <summary>Where an answer sends its request (RFC 9110, section 15.4), by the rules of <see cref="SocketsHttpHandler"/>.</summary>
static class Redirects
{
    /// <summary>Where to; null if the answer is no redirect, or one that is not followed: from https to http, or to another scheme.</summary>
    public static Uri? TargetOf(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.MultipleChoices or HttpStatusCode.MovedPermanently or HttpStatusCode.Found
                or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            || response.Headers.Location is not { } location)
        {
            return null;
        }

        var from = request.RequestUri!;
        var target = location.IsAbsoluteUri ? location : new Uri(from, location);
        if (target.Fragment.Length == 0 && from.Fragment.Length > 0)
        {
            target = new UriBuilder(target) { Fragment = from.Fragment }.Uri;
        }

        return PooledHttpHandler.IsSupported(target) && (!IsSecure(from) || IsSecure(target)) ? target : null;
    }

    /// <summary>Makes it the request that the answer asks for. The login goes, and to another origin all that was meant for the first.</summary>
    public static void Turn(HttpRequestMessage request, HttpStatusCode status, Uri target)
    {
        var becomesGet = status switch
        {
            HttpStatusCode.SeeOther => request.Method != HttpMethod.Get && request.Method != HttpMethod.Head,
            HttpStatusCode.MultipleChoices or HttpStatusCode.MovedPermanently or HttpStatusCode.Found => request.Method == HttpMethod.Post,
            _ => false,
        };
        if (becomesGet)
        {
            request.Method = HttpMethod.Get;
            request.Content = null;
            request.Headers.TransferEncodingChunked = false;
            request.Headers.ExpectContinue = false;
        }

        request.Headers.Authorization = null;
        if (request.RequestUri!.Scheme != target.Scheme || request.RequestUri.Authority != target.Authority)
        {
            request.Headers.Host = null;
            request.Headers.Remove("Proxy-Authorization");
            CookieJar.Forget(request);
        }

        request.RequestUri = target;
    }

    static bool IsSecure(Uri target) => target.Scheme == Uri.UriSchemeHttps || target.Scheme == Uri.UriSchemeWss;
}
