using ActorPool.Hosting.Configuration.Values;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>What a pool's <c>tcp { … }</c> may say.</summary>
static class TcpEntryTable
{
    public static readonly OptionTable<TcpEntry> Table = new OptionTable<TcpEntry>(ConnectorNames.Tcp, PoolOptionTable.Table.Knows)
        .Value(nameof(TcpEntry.Host), ValueKinds.Host, static (entry, value) => entry.Host = value)
        .Value(nameof(TcpEntry.Port), ValueKinds.Port, static (entry, value) => entry.Port = value)
        .TextOrNull(nameof(TcpEntry.UnixSocket), static (entry, value) => entry.UnixSocket = value)
        .With(static entry => entry.Tcp, TcpOptionTable.Table)
        .Routed(ReplicaOptionTable<Stream>.Table);
}
