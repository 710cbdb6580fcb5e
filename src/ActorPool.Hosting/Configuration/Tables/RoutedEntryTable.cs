using ActorPool.Hosting.Configuration.Values;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>What stands in the objects of all connectors that can connect to replicas and to many endpoints.</summary>
static class RoutedEntryTable
{
    public static OptionTable<TEntry> Routed<TEntry, TConnection>(this OptionTable<TEntry> table, OptionTable<ReplicaGroupOptions<TConnection>> replicas)
        where TEntry : RoutedEntry<TConnection>
        where TConnection : class => table
        .List(nameof(RoutedEntry<>.Endpoints), ValueKinds.Member, static (entry, values) => entry.Endpoints = values)
        .With(static entry => entry.Replicas, replicas)
        .Directory(static entry => entry.Directory, static (entry, value) => entry.Directory = value);
}
