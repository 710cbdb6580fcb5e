using ActorPool.Hosting.Configuration.Values;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>How a directory makes its pools.</summary>
static class DirectoryOptionTable
{
    public static readonly OptionTable<PoolDirectoryOptions> Table = new OptionTable<PoolDirectoryOptions>("directory")
        .Elsewhere(nameof(PoolDirectoryOptions.Name), "a directory has the name of its pool's object")
        .Elsewhere(nameof(PoolDirectoryOptions.Pool), "the options of its pools stand beside their connector")
        .InCodeOnly(nameof(PoolDirectoryOptions.Configure), "it is called, and is code")
        .Count(nameof(PoolDirectoryOptions.MaxPools), static (options, value) => options.MaxPools = value)
        .Object(
            nameof(PoolDirectoryOptions.DefaultCredentials),
            static (section, options, reading) => options.DefaultCredentials = ReadLogin(section, reading) ?? options.DefaultCredentials,
            LoginOptionTable.Table.Paths)
        .Object(nameof(PoolDirectoryOptions.CredentialsByHost), ReadHosts, []);

    /// <summary>Beside other options: <c>directory { … }</c> makes a directory, with what it says over the defaults of all.</summary>
    public static OptionTable<TOptions> Directory<TOptions>(
        this OptionTable<TOptions> table, Func<TOptions, PoolDirectoryOptions?> get, Action<TOptions, PoolDirectoryOptions> set) =>
        table.Object(
            "Directory",
            (section, options, reading) =>
            {
                if (get(options) is null)
                {
                    var defaults = new PoolDirectoryOptions();
                    reading.ReadDefaults("Directory", defaults, Table);
                    set(options, defaults);
                }

                Table.Read(section, get(options)!, reading.Inside("Directory"));
            },
            Table.Paths);

    static void ReadHosts(IConfigurationSection section, PoolDirectoryOptions options, OptionReading reading)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            reading.Problems.Add(section.Path, "is a value: an object with a user-name and a password under each host is expected");
        }

        foreach (var host in section.GetChildren())
        {
            if (ValueKinds.Host.TryParse(host.Key, out _))
            {
                if (ReadLogin(host, reading) is { } provider)
                {
                    options.CredentialsByHost[host.Key] = provider;
                }
            }
            else
            {
                reading.Problems.Add(host.Path, "is no host: a name or an address is expected, without a port");
            }
        }
    }

    static ICredentialProvider? ReadLogin(IConfigurationSection section, OptionReading reading)
    {
        var login = new Login();
        LoginOptionTable.Table.Read(section, login, reading);
        return login.ToProvider();
    }
}
