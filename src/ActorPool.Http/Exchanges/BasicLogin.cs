using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using ActorPool.Http.Origins;

namespace ActorPool.Http.Exchanges;

/// <summary>Answers servers that ask for Basic authentication (RFC 7617).</summary>
/// <param name="credentials">Who knows the users.</param>
/// <param name="remembers">Whether origins that have asked once are sent the login unasked.</param>
sealed class BasicLogin(ICredentials credentials, bool remembers)
{
    const string Basic = "Basic";
    readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);

    public void AddTo(HttpRequestMessage request)
    {
        if (remembers && request.Headers.Authorization is null && !_asked.IsEmpty && _asked.ContainsKey(OriginOf(request))
            && ValueFor(request.RequestUri!) is { } value)
        {
            request.Headers.Authorization = value;
        }
    }

    /// <summary>Puts the login on a request whose answer asks for it; false if there is nothing to answer, or it was there already.</summary>
    public bool TryAnswer(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.Unauthorized
            || request.Headers.Authorization is not null
            || !Requests.CanBeSentAgain(request)
            || !response.Headers.WwwAuthenticate.Any(challenge => challenge.Scheme.Equals(Basic, StringComparison.OrdinalIgnoreCase))
            || ValueFor(request.RequestUri!) is not { } value)
        {
            return false;
        }

        request.Headers.Authorization = value;
        _asked.TryAdd(OriginOf(request), true);
        return true;
    }

    AuthenticationHeaderValue? ValueFor(Uri target) => credentials.GetCredential(target, Basic) is { UserName.Length: > 0 } credential
        ? AuthenticationHeaderValue.Parse(ProxyAddress.Basic(credential))
        : null;

    static string OriginOf(HttpRequestMessage request) => $"{request.RequestUri!.Scheme}://{request.RequestUri.Authority}";
}
