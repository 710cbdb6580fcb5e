using ActorPool.Hosting.Configuration.Tables;

namespace ActorPool.Hosting.Configuration;

/// <summary>Reads a pool's <c>tcp { … }</c>.</summary>
static class TcpReader
{
    /// <summary>What it says. If there are problems it must not be used.</summary>
    public static TcpEntry Read(PoolEntry pool, ConfigurationProblems problems)
    {
        var entry = new TcpEntry();
        var reading = new OptionReading(problems, pool.Defaults);
        ConnectorReader.ReadRouted(pool, entry, TcpEntryTable.Table, ReplicaOptionTable<Stream>.Table, reading);
        ConnectorReader.RefuseTargets(pool, reading, nameof(entry.Host), nameof(entry.Port), nameof(entry.UnixSocket));
        OptionRules.Add(entry.Tcp.Problems(overUnixSocket: entry.UnixSocket is not null), reading, pool.ConnectorSection.Path);
        if (pool.Kind == PoolKind.Single)
        {
            CheckTarget(entry, reading, pool.ConnectorSection.Path);
        }
        else
        {
            CheckPorts(entry, reading, pool.ConnectorSection.Path);
        }

        return entry;
    }

    // A key that was written has had its own problem if there is nothing in the entry.
    static void CheckTarget(TcpEntry entry, OptionReading reading, string section)
    {
        var hasHost = reading.KeyOf(nameof(entry.Host)) is not null;
        if (entry.UnixSocket is not null)
        {
            if (hasHost)
            {
                reading.Problems.Add(section, "has a host and a unix-socket: only one of them can say where to connect to");
            }
            else if (string.IsNullOrWhiteSpace(entry.UnixSocket))
            {
                reading.Problems.Add(reading.KeyOf(nameof(entry.UnixSocket)) ?? section, "is empty: the path of a Unix socket is expected");
            }
        }
        else if (!hasHost)
        {
            reading.Problems.Add(section, "does not say where to connect to: host and port, unix-socket, endpoints or a directory are needed");
        }
        else if (reading.KeyOf(nameof(entry.Port)) is null)
        {
            reading.Problems.Add(section, "has a host and no port");
        }
    }

    static void CheckPorts(TcpEntry entry, OptionReading reading, string section)
    {
        foreach (var endpoint in entry.Endpoints.Where(static endpoint => endpoint.Port == 0))
        {
            reading.Problems.Add(reading.KeyOf(nameof(entry.Endpoints)) ?? section, $"has {endpoint} without a port");
        }
    }
}
