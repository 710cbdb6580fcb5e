using System.Net;

namespace ActorPool.Http.Exchanges;

/// <summary>Sends the cookies that fit an address, and keeps those that its server sets.</summary>
sealed class CookieJar(CookieContainer container)
{
    const string CookieHeader = "Cookie";
    static readonly HttpRequestOptionsKey<string[]> OwnCookies = new("ActorPool.Http.OwnCookies");

    public void AddTo(HttpRequestMessage request)
    {
        if (container.Count == 0 && !request.Options.TryGetValue(OwnCookies, out _))
        {
            return;
        }

        // what the caller has set himself stays, and is told apart from what an earlier redirect had added
        if (!request.Options.TryGetValue(OwnCookies, out var own))
        {
            own = request.Headers.TryGetValues(CookieHeader, out var values) ? [.. values] : [];
            request.Options.Set(OwnCookies, own);
        }

        var cookies = container.GetCookieHeader(request.RequestUri!);
        request.Headers.Remove(CookieHeader);
        var all = cookies.Length > 0 ? [.. own, cookies] : own;
        if (all.Length > 0)
        {
            request.Headers.TryAddWithoutValidation(CookieHeader, string.Join("; ", all));
        }
    }

    /// <summary>Forgets what the caller has set: it was meant for another origin.</summary>
    public static void Forget(HttpRequestMessage request)
    {
        request.Headers.Remove(CookieHeader);
        request.Options.Set(OwnCookies, []);
    }

    public void Keep(HttpResponseMessage response, Uri from)
    {
        if (!response.Headers.NonValidated.TryGetValues("Set-Cookie", out var cookies))
        {
            return;
        }

        foreach (var cookie in cookies)
        {
            try
            {
                container.SetCookies(from, cookie);
            }
            catch (CookieException)
            {
                // a cookie that is none, or not this server's to set, is not kept, as in browsers
            }
        }
    }
}
