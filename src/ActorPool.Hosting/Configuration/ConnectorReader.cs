using ActorPool.Hosting.Configuration.Tables;
using ActorPool.Options;

namespace ActorPool.Hosting.Configuration;

/// <summary>What the readers of connectors' objects have in common.</summary>
static class ConnectorReader
{
    /// <summary>Reads the defaults of all such objects, then the pool's own.</summary>
    public static void ReadRouted<TEntry, TConnection>(
        PoolEntry pool, TEntry entry, OptionTable<TEntry> table, OptionTable<ReplicaGroupOptions<TConnection>> replicas, OptionReading reading)
        where TEntry : RoutedEntry<TConnection>
        where TConnection : class
    {
        replicas.Read(pool.Defaults.GetSection("replicas"), entry.Replicas, reading);
        table.Read(pool.Defaults.GetSection(pool.ConnectorName), entry, reading);
        table.Read(pool.ConnectorSection, entry, reading);
        entry.Replicas.Pool = pool.Options;
        if (pool.Kind == PoolKind.Replicas && pool.ConnectorSection.GetSection("endpoints") is { Value: null or "" } empty && !empty.GetChildren().Any())
        {
            reading.Problems.Add(empty.Path, "has no member: a list such as [\"a.internal:7\", \"b.internal:7\"] is expected");
        }

        if (pool.Kind != PoolKind.Replicas)
        {
            entry.Endpoints = [];
        }

        if (pool.Kind != PoolKind.Directory)
        {
            entry.Directory = null;
        }
        else if (entry.Directory is { } directory)
        {
            directory.Name = pool.Name;
            directory.Pool = pool.Options;
        }

        Check(pool, entry, reading);
    }

    /// <summary>Adds the problem of what says where to connect to, beside replicas or a directory, which say it too.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="reading">The reading of its object.</param>
    /// <param name="properties">What says it.</param>
    public static void RefuseTargets(PoolEntry pool, OptionReading reading, params ReadOnlySpan<string> properties)
    {
        foreach (var property in properties)
        {
            if (pool.Kind != PoolKind.Single
                && reading.KeyOf(property) is { } key
                && key.StartsWith($"{pool.ConnectorSection.Path}:", StringComparison.OrdinalIgnoreCase))
            {
                reading.Problems.Add(key, $"stands beside {(pool.Kind == PoolKind.Replicas ? "endpoints" : "directory")}: only one of them can say where to connect to");
            }
        }
    }

    static void Check<TConnection>(PoolEntry pool, RoutedEntry<TConnection> entry, OptionReading reading)
        where TConnection : class
    {
        var found = new List<string>();
        var section = pool.ConnectorSection.Path;
        if (pool.Kind == PoolKind.Replicas)
        {
            ReplicaGroupSettings.CheckOwn(entry.Replicas, found);
            OptionRules.Add(found, reading, section);
            foreach (var twice in entry.Endpoints.GroupBy(static endpoint => endpoint).Where(static same => same.Skip(1).Any()))
            {
                reading.Problems.Add(reading.KeyOf("Endpoints") ?? section, $"has {twice.Key} twice");
            }
        }

        if (entry.Directory is { } directory)
        {
            PoolDirectorySettings.CheckOwn(directory, found);
            OptionRules.Add(found, reading.Inside("Directory"), $"{section}:directory");
        }
    }
}
