using System.Security.Authentication;
using ActorPool.Hosting.Configuration.Values;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>How TLS is spoken.</summary>
static class TlsOptionTable
{
    static readonly ValueKind<SslProtocols> Version = ValueKinds.Words(("tls1.2", SslProtocols.Tls12), ("tls1.3", SslProtocols.Tls13));

    public static readonly OptionTable<TlsOptions> Table = new OptionTable<TlsOptions>("tls")
        .TextOrNull(nameof(TlsOptions.TargetHost), static (options, value) => options.TargetHost = value)
        .File(nameof(TlsOptions.CaFile), static (options, value) => options.CaFile = value)
        .InCodeOnly(nameof(TlsOptions.CaCertificates), "they are objects; name their file in ca-file")
        .InCodeOnly(nameof(TlsOptions.ClientCertificate), "it is an object; name its file in client-certificate-file")
        .File(nameof(TlsOptions.ClientCertificateFile), static (options, value) => options.ClientCertificateFile = value)
        .File(nameof(TlsOptions.ClientKeyFile), static (options, value) => options.ClientKeyFile = value)
        .Secret(nameof(TlsOptions.ClientKeyPassword), static (options, value) => options.ClientKeyPassword = value)
        .Flag(nameof(TlsOptions.CheckHostName), static (options, value) => options.CheckHostName = value)
        .Value(nameof(TlsOptions.MinimumVersion), Version, static (options, value) => options.MinimumVersion = value)
        .List(nameof(TlsOptions.ApplicationProtocols), ValueKinds.ApplicationProtocol,
            static (options, values) => options.ApplicationProtocols = values.Count == 0 ? null : [.. values])
        .Flag(nameof(TlsOptions.DangerouslySkipVerification), static (options, value) => options.DangerouslySkipVerification = value);

    /// <summary>
    /// Beside other options: <c>tls { … }</c> turns TLS on with what it says over the defaults of all, <c>tls = on</c> with
    /// these alone, and <c>tls = off</c> turns it off.
    /// </summary>
    public static OptionTable<TOptions> Tls<TOptions>(this OptionTable<TOptions> table, Func<TOptions, TlsOptions?> get, Action<TOptions, TlsOptions?> set) =>
        table.Object(
            "Tls",
            (section, options, reading) =>
            {
                var isOn = true;
                if (!string.IsNullOrEmpty(section.Value) && !ValueKinds.Flag.TryParse(section.Value, out isOn))
                {
                    reading.Problems.Add(section.Path, $"is {ShownText.Of(section.Value)}: on, off or an object with the options of tls is expected");
                    return;
                }

                set(options, isOn ? get(options) ?? Defaults(reading) : null);
                if (isOn && string.IsNullOrEmpty(section.Value))
                {
                    Table.Read(section, get(options)!, reading.Inside("Tls"));
                }
            },
            Table.Paths);

    /// <summary>New options with the defaults of all.</summary>
    public static TlsOptions Defaults(OptionReading reading)
    {
        var options = new TlsOptions();
        reading.ReadDefaults("Tls", options, Table);
        return options;
    }
}
