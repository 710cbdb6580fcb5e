using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Text;
using ActorPool.Hosting.Configuration.Tables;

namespace ActorPool.Hosting.Configuration.Values;

/// <summary>The kinds of values that options have.</summary>
static class ValueKinds
{
    /// <summary>Any text, as it is.</summary>
    public static readonly ValueKind<string> Text = new("a text", static (text, out value) =>
    {
        value = text;
        return true;
    });

    /// <summary>A text, or none.</summary>
    public static readonly ValueKind<string?> TextOrNone = new("a text or none", static (text, out value) =>
    {
        value = Is(text, "none") ? null : text;
        return true;
    });

    /// <summary>A whole number.</summary>
    public static readonly ValueKind<int> Count = new("a whole number", TryParseCount);

    /// <summary>A whole number, or none of its size.</summary>
    public static readonly ValueKind<int> CountOrUnlimited = new("a whole number or unlimited", static (text, out value) =>
    {
        value = PoolOptions.Unlimited;
        return Is(text, "unlimited") || Is(text, "infinite") || TryParseCount(text, out value);
    });

    /// <summary>A number, or a percentage.</summary>
    public static readonly ValueKind<double> Number = new("a number", static (text, out value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value));

    /// <summary>Yes or no, in the words of HOCON.</summary>
    public static readonly ValueKind<bool> Flag = new("true or false", static (text, out value) =>
    {
        value = Is(text, "true") || Is(text, "yes") || Is(text, "on");
        return value || Is(text, "false") || Is(text, "no") || Is(text, "off");
    });

    /// <summary>
    /// A time with a unit, <c>infinite</c>, or as .NET writes it (<c>00:00:15</c>). Milliseconds are HOCON's rule for a number
    /// without a unit, and days .NET's: whoever forgets the unit is asked which he means.
    /// </summary>
    public static readonly ValueKind<TimeSpan> Time = new(
        "a time such as 15s, 100ms, 5m or infinite",
        TimeText.TryParse,
        static text => double.TryParse(text, CultureInfo.InvariantCulture, out _) ? $"a time needs a unit: {text}s, {text}ms, {text}m …" : null);

    /// <summary>A number of bytes.</summary>
    public static readonly ValueKind<int> Bytes = new("a size such as 64KiB, 512MiB or a number of bytes", SizeText.TryParse);

    /// <summary>The path of a file that has to be there.</summary>
    public static readonly ValueKind<string> File = new(
        "the path of a file",
        static (text, out value) =>
        {
            value = text;
            return System.IO.File.Exists(text);
        },
        static text => $"there is no such file{(Path.IsPathRooted(text) ? "" : $" in {Environment.CurrentDirectory}")}");

    /// <summary>The number of a port.</summary>
    public static readonly ValueKind<int> Port = new("a port from 1 to 65535", static (text, out value) =>
        TryParseCount(text, out value) && value is >= 1 and <= 65_535);

    /// <summary>A name or an address, without a port.</summary>
    public static readonly ValueKind<string> Host = new(
        "a name or an address",
        static (text, out value) =>
        {
            value = text;
            return TryMakeEndpoint(static text => new Endpoint(text), text, out _);
        },
        static text => TryMakeEndpoint(Endpoint.Parse, text, out _) ? "a name or an address is expected, and nothing else; its port is written in port" : null);

    /// <summary>A member of a replica group.</summary>
    public static readonly ValueKind<Endpoint> Member = new("an endpoint such as db1.internal:5432", static (text, out value) =>
        TryMakeEndpoint(Endpoint.Parse, text, out value));

    /// <summary>A protocol of TLS's ALPN.</summary>
    public static readonly ValueKind<SslApplicationProtocol> ApplicationProtocol = new("a protocol's name such as h2", static (text, out value) =>
    {
        var isName = text.Length is > 0 and <= 255 && Ascii.IsValid(text);
        value = isName ? new SslApplicationProtocol(text) : default;
        return isName;
    });

    /// <summary>The status of an HTTP answer.</summary>
    public static readonly ValueKind<HttpStatusCode> StatusCode = new("a status code from 100 to 599", static (text, out value) =>
    {
        value = TryParseCount(text, out var number) ? (HttpStatusCode)number : 0;
        return (int)value is >= 100 and <= 599;
    });

    /// <summary>The address of a proxy, with or without a user and a password.</summary>
    public static readonly ValueKind<IWebProxy> Proxy = new(
        "the address of a proxy such as http://proxy.internal:3128",
        static (text, out value) =>
        {
            var isAddress = Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var address)
                && address.Scheme == Uri.UriSchemeHttp;
            value = isAddress ? new WebProxy(address) : null!;
            return isAddress;
        },
        IsSecret: true);

    /// <summary>A database's connection string. Whether its provider knows the words in it is seen when the pool is made.</summary>
    public static readonly ValueKind<string> ConnectionString = new(
        "a connection string such as Host=db.internal;Database=orders",
        static (text, out value) =>
        {
            value = text;
            try
            {
                return new DbConnectionStringBuilder { ConnectionString = text }.Count > 0;
            }
            catch (ArgumentException)
            {
                return false;
            }
        },
        IsSecret: true);

    /// <summary>One of an enum's names, in any spelling.</summary>
    public static ValueKind<TEnum> OneOf<TEnum>()
        where TEnum : struct, Enum => Words([.. Enum.GetNames<TEnum>().Select(static name => (OptionName.Kebab(name), Enum.Parse<TEnum>(name)))]);

    /// <summary>One of some words, in any spelling.</summary>
    public static ValueKind<TValue> Words<TValue>(params (string Word, TValue Value)[] words)
    {
        string[] known = [.. words.Select(static word => word.Word)];
        return new(
            known.Length == 1 ? known[0] : $"{string.Join(", ", known[..^1])} or {known[^1]}",
            (text, out value) =>
            {
                var index = Array.FindIndex(words, word => OptionName.Normal(word.Word) == OptionName.Normal(text));
                value = index < 0 ? default! : words[index].Value;
                return index >= 0;
            });
    }

    static bool TryMakeEndpoint(Func<string, Endpoint> make, string text, out Endpoint endpoint)
    {
        try
        {
            endpoint = make(text);
            return true;
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            endpoint = null!;
            return false;
        }
    }

    static bool TryParseCount(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    static bool Is(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
}
