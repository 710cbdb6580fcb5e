using System.Net;
using Microsoft.AspNetCore.Http;

namespace ActorPool.Dashboard.Access;

/// <summary>
/// Who may see the page while no policy says so: a browser on this machine. Its address alone does not prove that: a proxy on
/// this machine connects from here for whoever is behind it, and a page of somebody else's may give its own name this machine's
/// address (DNS rebinding), so that the browser takes the two for one site.
/// </summary>
static class LoopbackRule
{
    static readonly string[] SignsOfAProxy =
    [
        "Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Original-For",
        "X-Original-Host", "X-Original-Proto", "X-Real-IP", "X-Client-IP", "CF-Connecting-IP", "True-Client-IP",
    ];

    const string Remedy = "Set ReadPolicy in MapActorPool to let others see it.";

    /// <summary>Why a request is refused; null if it is not.</summary>
    public static string? Refusal(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address || !IsLoopback(address))
        {
            return $"Without a policy the dashboard is shown on the machine it runs on, and nowhere else. {Remedy}";
        }

        if (Array.Find(SignsOfAProxy, context.Request.Headers.ContainsKey) is { } header)
        {
            return $"Without a policy the dashboard is shown to nobody behind a proxy, and the request has a header {header}. {Remedy}";
        }

        return IsLocalName(context.Request.Host.Host)
            ? null
            : $"Without a policy the dashboard answers to localhost, 127.0.0.1 and [::1], and to no other name. {Remedy}";
    }

    static bool IsLoopback(IPAddress address) => IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host is "127.0.0.1" or "[::1]";
}
