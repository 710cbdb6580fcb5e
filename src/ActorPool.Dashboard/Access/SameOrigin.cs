using Microsoft.AspNetCore.Http;

namespace ActorPool.Dashboard.Access;

/// <summary>
/// Whether a request comes from the page itself, by what browsers say of it (<c>Sec-Fetch-Site</c>; where that is missing,
/// <c>Origin</c>). Neither can be set by a page's own script. Clients that are no browsers say nothing.
/// </summary>
static class SameOrigin
{
    const string Refused = "The dashboard answers to its own page, not to other sites.";

    /// <summary>Why a request is refused; null if it is not.</summary>
    public static string? Refusal(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
        {
            return site == "same-origin" || site == "none" ? null : Refused;
        }

        if (!request.Headers.TryGetValue("Origin", out var origin))
        {
            return null;
        }

        // By host and port alone: behind a proxy that ends TLS the scheme here is not the browser's.
        return Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
                ? null
                : Refused;
    }

    /// <summary>Whether a person has followed a link to the page.</summary>
    public static bool IsNavigation(HttpRequest request) => request.Headers["Sec-Fetch-Mode"] == "navigate";
}
