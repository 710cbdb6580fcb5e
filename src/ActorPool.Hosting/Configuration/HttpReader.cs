using ActorPool.Hosting.Configuration.Tables;
using ActorPool.Http;
using ActorPool.Http.Options;

namespace ActorPool.Hosting.Configuration;

/// <summary>Reads a pool's <c>http { … }</c>.</summary>
static class HttpReader
{
    const string Pool = "Pool.";

    /// <summary>What it says, with the pool's own options in it. If there are problems it must not be used.</summary>
    public static HttpPoolOptions Read(PoolEntry pool, ConfigurationProblems problems)
    {
        var options = new HttpPoolOptions { Pool = pool.Options };
        var reading = new OptionReading(problems, pool.Defaults);
        reading.ReadDefaults("Tcp", options.Tcp, TcpOptionTable.Sockets, [.. TcpEntryTable.Table.Keys]);
        reading.ReadDefaults("Tls", options.Tls, TlsOptionTable.Table);
        HttpOptionTable.Table.Read(pool.Defaults.GetSection(pool.ConnectorName), options, reading);
        HttpOptionTable.Table.Read(pool.ConnectorSection, options, reading);

        var found = HttpPoolOptionsValidator.FindProblems(options).ToLookup(static problem => problem.StartsWith(Pool, StringComparison.Ordinal));
        OptionRules.Add(found[true].Select(static problem => problem[Pool.Length..]), pool.Reading, pool.Section.Path);
        OptionRules.Add(found[false], reading, pool.ConnectorSection.Path);
        OptionRules.Add(options.Tcp.Problems(overUnixSocket: false).Select(static problem => $"Tcp.{problem}"), reading, pool.ConnectorSection.Path);
        OptionRules.Add(options.Tls.Problems(overUnixSocket: false), reading, pool.ConnectorSection.Path);
        return options;
    }
}
