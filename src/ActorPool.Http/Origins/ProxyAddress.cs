using System.Net;
using System.Text;

namespace ActorPool.Http.Origins;

/// <summary>A proxy, and how to log in there. Two are equal if they lead to the same place with the same login.</summary>
sealed class ProxyAddress : IEquatable<ProxyAddress>
{
    ProxyAddress(Uri address, string? authorization)
    {
        Address = address;
        Authorization = authorization;
    }

    /// <summary>Without user and password.</summary>
    public Uri Address { get; }

    public string Host => Address.IdnHost;

    public int Port => Address.Port;

    /// <summary>The value of <c>Proxy-Authorization</c>; null if there is nothing to log in with. A secret.</summary>
    public string? Authorization { get; }

    /// <summary>The proxy that is to be used for an address; null if there is none.</summary>
    /// <exception cref="HttpRequestException">The proxy's address cannot be used.</exception>
    public static ProxyAddress? Find(IWebProxy? proxy, Uri target)
    {
        if (proxy is null || proxy.IsBypassed(target) || proxy.GetProxy(target) is not { } address || address == target)
        {
            return null;
        }

        if (address.Scheme != Uri.UriSchemeHttp)
        {
            throw new HttpRequestException(
                HttpRequestError.ProxyTunnelError,
                $"HttpPoolOptions.Proxy: the proxy {Bare(address)} for {target.Scheme}://{target.Authority} cannot be used: its scheme is {address.Scheme}, only http is supported.");
        }

        return new ProxyAddress(Bare(address), AuthorizationOf(proxy, address));
    }

    public bool Equals(ProxyAddress? other) =>
        other is not null && Address == other.Address && Authorization == other.Authorization;

    public override bool Equals(object? obj) => Equals(obj as ProxyAddress);

    public override int GetHashCode() => HashCode.Combine(Address, Authorization);

    /// <summary>The address, without user and password.</summary>
    public override string ToString() => $"{Address.Scheme}://{Address.Authority}";

    static Uri Bare(Uri address) => address.UserInfo.Length == 0 ? address : new UriBuilder(address) { UserName = "", Password = "" }.Uri;

    static string? AuthorizationOf(IWebProxy proxy, Uri address)
    {
        if (address.UserInfo is { Length: > 0 } userInfo)
        {
            var parts = userInfo.Split(':', 2);
            return Basic(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }

        return proxy.Credentials?.GetCredential(address, "Basic") is { UserName.Length: > 0 } credential
            ? Basic(credential)
            : null;
    }

    /// <summary>RFC 7617.</summary>
    public static string Basic(NetworkCredential credential) =>
        Basic(credential.Domain.Length > 0 ? $"{credential.Domain}\\{credential.UserName}" : credential.UserName, credential.Password);

    static string Basic(string user, string password) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";
}
