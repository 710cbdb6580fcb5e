using System.Text.Json;

namespace ActorPool.Dashboard.Live;

/// <summary>One budget over many machines, as JSON. Times are rounded, so that a quiet budget is not sent anew for every picture.</summary>
static class BudgetRow
{
    /// <summary>How many nodes are sent; of more, those that are silent or fenced come first.</summary>
    public const int NodesMax = 200;

    /// <summary>Writes the members of a row into an object.</summary>
    public static void WriteMembers(Utf8JsonWriter json, ClusterBudgetSnapshot budget)
    {
        json.WriteString("name", Text.Bounded(budget.Name, Text.NameMax));
        json.WriteString("node", Text.Bounded(budget.Node, Text.NameMax));
        json.WriteString("state", Name(budget));
        json.WriteNumber("connections", budget.Connections);
        json.WriteNumber("held", budget.Held);
        json.WriteNumber("wanted", budget.Wanted);
        json.WriteNumber("used", budget.Used);
        if (budget.Free is { } free)
        {
            json.WriteNumber("free", free);
        }

        if (budget.DeadlineIn is { } deadline)
        {
            json.WriteNumber("deadlineMs", Rounded(deadline));
        }

        json.WriteNumber("renewalsFailed", budget.RenewalsFailed);
        json.WriteNumber("fences", budget.Fences);
        if (budget.LastError is { } error)
        {
            json.WriteString("error", Text.Bounded(error, Text.ErrorMax));
        }

        json.WriteNumber("nodeCount", budget.Nodes.Count);
        json.WriteStartArray("nodes");
        foreach (var node in Shown(budget.Nodes))
        {
            Write(json, node);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the members of the row of a budget that cannot be looked at.</summary>
    public static void WriteBlind(Utf8JsonWriter json, string name, Exception error)
    {
        json.WriteString("name", Text.Bounded(name, Text.NameMax));
        json.WriteString("state", "unknown");
        json.WriteString("error", $"The budget could not be shown ({error.GetType().Name}); the log says more.");
    }

    static void Write(Utf8JsonWriter json, ClusterNodeSnapshot node)
    {
        json.WriteStartObject();
        json.WriteString("name", Text.Bounded(node.Name, Text.NameMax));
        json.WriteString("client", Text.Bounded(node.ClientName, Text.NameMax));
        json.WriteNumber("held", node.Held);
        json.WriteNumber("wanted", node.Wanted);
        if (node.IsThis)
        {
            json.WriteBoolean("isThis", true);
        }

        if (node.IsFenced)
        {
            json.WriteBoolean("isFenced", true);
        }

        if (node.SilentFor is { } silent)
        {
            json.WriteNumber("silentMs", Rounded(silent));
        }

        json.WriteEndObject();
    }

    static IEnumerable<ClusterNodeSnapshot> Shown(IReadOnlyList<ClusterNodeSnapshot> nodes) => nodes.Count <= NodesMax
        ? nodes
        : nodes.OrderByDescending(static node => (node.IsThis, node.IsFenced, node.SilentFor ?? TimeSpan.Zero)).Take(NodesMax)
            .OrderBy(static node => node.Name, StringComparer.Ordinal);

    // to whole seconds: a second more or less says nothing
    static long Rounded(TimeSpan time) => (long)Math.Round(time.TotalSeconds) * 1000;

    static string Name(ClusterBudgetSnapshot budget) => budget.State switch
    {
        ClusterBudgetState.Joining => "joining",
        ClusterBudgetState.Late => "late",
        ClusterBudgetState.CutOff => "cut-off",
        ClusterBudgetState.Closed => "closed",
        _ => budget.IsReconciling ? "reconciling" : "active",
    };
}
