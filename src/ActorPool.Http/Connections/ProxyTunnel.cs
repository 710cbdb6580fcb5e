using System.Globalization;
using System.Text;
using ActorPool.Http.Origins;

namespace ActorPool.Http.Connections;

/// <summary>The way through a proxy to an origin (CONNECT, RFC 9110, section 9.3.6), with Basic authentication.</summary>
sealed class ProxyTunnel(ProxyAddress proxy, string host, int port)
{
    const int AnswerBytesMax = 16 * 1024;

    readonly string _target = string.Create(
        CultureInfo.InvariantCulture, $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}");

    /// <summary>The tunnel that connections to an origin go through; null if they go through none.</summary>
    public static ProxyTunnel? To(Origin origin) => origin.Gateway is { } proxy ? new ProxyTunnel(proxy, origin.Host, origin.Port) : null;

    /// <summary>Asks for the way, and reads the answer but not a byte beyond it: what follows is the origin's. True, or it throws.</summary>
    /// <exception cref="TunnelRefusedException">The proxy says no, or does not speak HTTP.</exception>
    public async ValueTask<bool> EnterAsync(Stream stream, OpenContext context, CancellationToken cancellationToken)
    {
        var login = proxy.Authorization is { } authorization ? $"Proxy-Authorization: {authorization}\r\n" : "";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {_target} HTTP/1.1\r\nHost: {_target}\r\n{login}\r\n"), cancellationToken).ConfigureAwait(false);
        var answer = await ReadHeadAsync(stream, cancellationToken).ConfigureAwait(false);
        var status = StatusOf(answer);
        if (status is >= 200 and < 300)
        {
            return true;
        }

        throw status switch
        {
            407 when proxy.Authorization is null => Refused("asks for a user and password (407): give them to the proxy's Credentials or in its address", OpenFailureKind.Credentials),
            407 => Refused("does not accept the user and password (407), or wants another scheme than Basic", OpenFailureKind.Credentials),
            0 => Refused("does not speak HTTP", OpenFailureKind.Configuration),
            403 or 405 => Refused($"does not allow it ({status})", OpenFailureKind.Configuration),
            _ => Refused($"answered {status}", OpenFailureKind.Transient),
        };
    }

    static async ValueTask<string> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < AnswerBytesMax)
        {
            if (await stream.ReadAsync(one, cancellationToken).ConfigureAwait(false) == 0)
            {
                break;
            }

            head.Append((char)one[0]);
            if (one[0] == '\n' && head.Length >= 4 && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r')
            {
                return head.ToString();
            }
        }

        return "";
    }

    static int StatusOf(string head) =>
        head.StartsWith("HTTP/1.", StringComparison.Ordinal) && head.Length > 12
        && int.TryParse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : 0;

    TunnelRefusedException Refused(string what, OpenFailureKind kind) => new($"The proxy {proxy} {what}, asked for the way to {_target}.", kind);
}
