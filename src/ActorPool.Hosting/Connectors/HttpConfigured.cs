using ActorPool.Hosting.Configuration;

namespace ActorPool.Hosting.Connectors;

/// <summary><c>http { … }</c></summary>
sealed class HttpConfigured : ConfiguredConnector
{
    public override void Read(PoolEntry entry, ConfigurationProblems problems) => HttpReader.Read(entry, problems);

    public override void Add(PoolsBuilder pools, PoolEntry entry) =>
        pools.AddHttp(entry.Name, () => HttpReader.Read(entry, new ConfigurationProblems(entry.Defaults)), basis: null, isConfigured: true);
}
