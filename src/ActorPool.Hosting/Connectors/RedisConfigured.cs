using System.Globalization;
using ActorPool.Hosting.Configuration;
using ActorPool.Redis;

namespace ActorPool.Hosting.Connectors;

/// <summary><c>redis { … }</c></summary>
sealed class RedisConfigured : RoutedConnector<RedisEntry, RedisConnection>
{
    protected override RedisEntry ReadEntry(PoolEntry entry, ConfigurationProblems problems) => RedisReader.Read(entry, problems);

    protected override void SetClientName(RedisEntry read, string clientName) => read.Connection.ClientName = clientName;

    protected override IConnector<RedisConnection> Connect(IServiceProvider provider, RedisEntry read)
    {
        read.Connection.Tcp = TcpConfigured.OptionsFor(provider, read.Connection.Tcp);
        return new RedisConnector(read.Connection);
    }

    protected override IConnector<RedisConnection> Connect(IServiceProvider provider, RedisEntry read, Endpoint address, string name)
    {
        var options = read.Connection.Copy();
        options.Host = address.Host;
        options.Port = address.Port > 0 ? address.Port : options.Port;
        options.Database = int.TryParse(address.Path, CultureInfo.InvariantCulture, out var database) ? database : options.Database;
        options.Tcp = TcpConfigured.OptionsFor(provider, options.Tcp, name);
        return new RedisConnector(options);
    }
}
