using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ActorPool.Dashboard.Assets;

/// <summary>One file of the page, as it is embedded.</summary>
sealed class PageAsset(string name, byte[] content)
{
    readonly string _tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\"";

    public string Name => name;

    readonly string _type = Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"The page has a file of an unknown kind: {other}."),
    };

    /// <summary>Sends it, unless the browser has it already. Browsers ask each time: a new version of the package shows at once.</summary>
    public async Task SendAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers.ETag = _tag;
        response.Headers.CacheControl = "no-cache";
        if (context.Request.Headers.IfNoneMatch.Contains(_tag, StringComparer.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = _type;
        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
    }
}
