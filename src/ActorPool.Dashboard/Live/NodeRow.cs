using System.Text.Json;

namespace ActorPool.Dashboard.Live;

/// <summary>One node of a cluster and its pools, as JSON.</summary>
static class NodeRow
{
    /// <summary>How many nodes are sent; of more, those that do not answer or have pools in trouble come first.</summary>
    public const int NodesMax = 200;

    /// <summary>How many pools are sent, of all nodes together; each node has its part, in which pools in trouble come first.</summary>
    public const int PoolsMax = 1_000;

    /// <summary>Of very many nodes those that matter most, in their own order.</summary>
    public static IReadOnlyList<NodePoolsSnapshot> Shown(IReadOnlyList<NodePoolsSnapshot> nodes) => nodes.Count <= NodesMax
        ? nodes
        : [.. nodes.Index()
            .OrderByDescending(static node => (node.Item.IsThis, !node.Item.HasAnswered, node.Item.Pools.Any(IsTroubled)))
            .Take(NodesMax)
            .OrderBy(static node => node.Index)
            .Select(static node => node.Item)];

    /// <summary>Writes the members of a row into an object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="node">The node.</param>
    /// <param name="shown">How many nodes are sent.</param>
    /// <param name="all">How many there are.</param>
    public static void WriteMembers(Utf8JsonWriter json, NodePoolsSnapshot node, int shown, int all)
    {
        json.WriteString("address", Text.Bounded(node.Address, Text.NameMax));
        json.WriteNumber("nodeCount", all);
        json.WriteStartArray("roles");
        foreach (var role in node.Roles)
        {
            json.WriteStringValue(Text.Bounded(role, Text.NameMax));
        }

        json.WriteEndArray();
        if (node.IsThis)
        {
            json.WriteBoolean("isThis", true);
        }

        if (node.Silence is { } silence)
        {
            json.WriteString("silence", Text.Bounded(silence, Text.ErrorMax));
        }

        json.WriteNumber("poolCount", node.PoolCount);
        json.WriteNumber("leased", node.Pools.Sum(static pool => pool.Leased));
        json.WriteNumber("max", node.Pools.Sum(static pool => (long)pool.MaxSize));
        json.WriteNumber("waiting", node.Pools.Sum(static pool => pool.Waiting));
        json.WriteString("health", PoolRow.Name(node.Pools.Select(static pool => pool.Health).Append(PoolHealth.Healthy).Max()));
        json.WriteStartArray("pools");
        foreach (var pool in Shown(node.Pools, Math.Max(5, PoolsMax / shown)))
        {
            Write(json, pool);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the members of the row of a cluster that cannot be looked at.</summary>
    public static void WriteBlind(Utf8JsonWriter json, Exception? error)
    {
        json.WriteString("address", "");
        json.WriteString("silence", $"The nodes could not be shown ({error?.GetType().Name ?? "cancelled"}); the log says more.");
    }

    static void Write(Utf8JsonWriter json, NodePoolSnapshot pool)
    {
        json.WriteStartObject();
        json.WriteString("name", Text.Bounded(pool.Name, Text.NameMax));
        json.WriteString("health", PoolRow.Name(pool.Health));
        json.WriteString("mode", pool.IsClosed ? "draining" : pool.IsPaused ? "paused" : "open");
        json.WriteNumber("leased", pool.Leased);
        json.WriteNumber("idle", pool.Idle);
        json.WriteNumber("opening", pool.Opening);
        json.WriteNumber("waiting", pool.Waiting);
        json.WriteNumber("max", pool.MaxSize);
        if (pool.LastError is { } error)
        {
            json.WriteString("error", Text.Bounded(error, Text.ErrorMax));
        }

        json.WriteEndObject();
    }

    static IEnumerable<NodePoolSnapshot> Shown(IReadOnlyList<NodePoolSnapshot> pools, int max) => pools.Count <= max
        ? pools
        : pools.OrderByDescending(IsTroubled).Take(max).OrderBy(static pool => pool.Name, StringComparer.OrdinalIgnoreCase);

    static bool IsTroubled(NodePoolSnapshot pool) => pool.Health != PoolHealth.Healthy || pool.IsClosed || pool.IsPaused || pool.Waiting > 0;
}
