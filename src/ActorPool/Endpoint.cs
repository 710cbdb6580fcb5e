using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ActorPool;

/// <summary>
/// What connections are opened to: a host, a port, and what on that host (a database, a bucket). Normalised, so that two
/// ways to write one endpoint are equal and make one pool: scheme and host are in lower case, IPv6 addresses in their
/// shortest form, and a well-known scheme's default port is filled in. A trailing dot of a name is kept: it changes how the
/// name is looked up.
/// </summary>
public sealed record Endpoint
{
    // What a URL or a connection string is made of, and a host is not.
    static readonly SearchValues<char> NotInHosts = SearchValues.Create(" /@:[]?#=;,&\"'");

    static readonly (string Scheme, int Port)[] DefaultPorts =
    [
        ("http", 80), ("https", 443), ("redis", 6379), ("rediss", 6379), ("postgres", 5432), ("postgresql", 5432),
        ("mysql", 3306), ("smtp", 25), ("imap", 143), ("imaps", 993),
    ];

    // An endpoint is the key by which pools are found, at every use.
    readonly int _hashCode;

    /// <summary>An endpoint from its parts.</summary>
    /// <param name="host">A name or an address; not empty.</param>
    /// <param name="port">0 to 65535; 0 is the default of the scheme, or, without one, of the connector.</param>
    /// <param name="path">What on the host, such as a database; empty for nothing in particular. Its case is kept.</param>
    /// <param name="scheme">The protocol, such as <c>redis</c>; empty if that goes without saying.</param>
    /// <exception cref="ArgumentException">The host is empty or is no host, or the port is out of range.</exception>
    public Endpoint(string host, int port = 0, string path = "", string scheme = "")
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(scheme);
        if (port is < 0 or > IPEndPoint.MaxPort)
        {
            throw new ArgumentOutOfRangeException(nameof(port), port, "The port must be 0 to 65535.");
        }

        Scheme = LowerCase(scheme);
        Host = NormaliseHost(host);
        Port = port == 0 ? DefaultPort(Scheme) : port;
        Path = path.TrimStart('/');
        _hashCode = HashCode.Combine(Scheme, Host, Port, Path);
    }

    /// <summary>The protocol, in lower case; empty if none was given.</summary>
    public string Scheme { get; }

    /// <summary>The name or address, in lower case, without brackets.</summary>
    public string Host { get; }

    /// <summary>The port; 0 if none was given and the scheme has no default.</summary>
    public int Port { get; }

    /// <summary>What on the host, without a leading slash; empty for nothing in particular.</summary>
    public string Path { get; }

    /// <summary>
    /// Reads <c>host</c>, <c>host:port</c>, <c>host:port/path</c> or <c>scheme://host:port/path</c>; IPv6 addresses stand in
    /// brackets if a port follows.
    /// </summary>
    /// <exception cref="FormatException">The text is no endpoint, or has a user or password in it; the message does not repeat them.</exception>
    public static Endpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = text.Trim();
        var scheme = "";
        if (rest.IndexOf("://", StringComparison.Ordinal) is > 0 and var colon)
        {
            scheme = rest[..colon];
            rest = rest[(colon + 3)..];
        }

        var path = "";
        if (rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash)
        {
            path = rest[(slash + 1)..];
            rest = rest[..slash];
        }

        if (rest.Contains('@', StringComparison.Ordinal))
        {
            throw new FormatException("An endpoint has no user or password in it; give them as credentials.");
        }

        if (rest.AsSpan().ContainsAny("=;"))
        {
            throw new FormatException("An endpoint is host:port; this is a connection string, which is not repeated here, as there may be a password in it.");
        }

        var (host, port) = SplitPort(rest, text);
        try
        {
            return new Endpoint(host, port, path, scheme);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"'{text}' is no endpoint: {error.Message}", error);
        }
    }

    /// <summary>Whether both are the same endpoint.</summary>
    public bool Equals(Endpoint? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hashCode == other._hashCode && Port == other.Port
            && Host == other.Host && Path == other.Path && Scheme == other.Scheme);

    /// <inheritdoc/>
    public override int GetHashCode() => _hashCode;

    /// <summary>As it is read by <see cref="Parse"/>.</summary>
    public override string ToString() =>
        (Scheme.Length > 0 ? $"{Scheme}://" : "")
        + (Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)
        + (Port > 0 ? string.Create(CultureInfo.InvariantCulture, $":{Port}") : "")
        + (Path.Length > 0 ? $"/{Path}" : "");

    static (string Host, int Port) SplitPort(string text, string whole)
    {
        var end = text.LastIndexOf(']');
        var colon = text.LastIndexOf(':');
        if (colon <= end || (end < 0 && text.IndexOf(':', StringComparison.Ordinal) != colon))
        {
            // No port: nothing follows the bracket, or it is an IPv6 address without brackets.
            return (text, 0);
        }

        return int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? (text[..colon], port)
            : throw new FormatException($"'{whole}' is no endpoint: '{text[(colon + 1)..]}' is no port.");
    }

    static string NormaliseHost(string host)
    {
        var name = host.Trim();
        if (name is ['[', .., ']'])
        {
            name = name[1..^1];
        }

        if (IPAddress.TryParse(name, out var address) && (address.AddressFamily == AddressFamily.InterNetworkV6 || name.Split('.').Length == 4))
        {
            return address.ToString();
        }

        return name.Length > 0 && !name.AsSpan().ContainsAny(NotInHosts) && !name.Any(char.IsControl)
            ? LowerCase(name)
            : throw new ArgumentException(name.Length == 0 ? "The host is empty." : "The host is neither a name nor an address.", nameof(host));
    }

    static int DefaultPort(string scheme) =>
        Array.Find(DefaultPorts, known => known.Scheme == scheme).Port;

#pragma warning disable CA1308 // hosts and schemes are written in small letters
    static string LowerCase(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308
}
