using System.Data.Common;
using ActorPool.Data;

namespace ActorPool.Hosting.Configuration;

/// <summary>What a pool's <c>database { … }</c> says.</summary>
sealed class DatabaseEntry : RoutedEntry<DbConnection>
{
    /// <summary>The name of the provider, such as <c>Npgsql</c>; empty if none is given, which is a problem.</summary>
    public string Provider { get; set; } = "";

    /// <summary>Where to connect to; with replicas and in a directory what all connections have in common. Empty if none is given. Secret.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Who logs in, if the connection string does not say it. They are in the pool's, or the directory's, credentials already.</summary>
    public Login Login { get; } = new();

    /// <summary>How connections are probed, reset and judged.</summary>
    public DbConnectorOptions Connector { get; } = new();
}
