using System.Text.Json;
using ActorPool.Dashboard.Live;

namespace ActorPool.Dashboard.Details;

/// <summary>One connection, as JSON.</summary>
static class ConnectionDetails
{
    const int LeasesMax = 20;

    /// <summary>With its flight recorder, and where its leases were acquired.</summary>
    public static void Write(Utf8JsonWriter json, ConnectionSnapshot connection)
    {
        WriteMembers(json, connection);
        json.WriteStartArray("history");
        foreach (var transition in connection.History)
        {
            json.WriteStringValue(transition);
        }

        json.WriteEndArray();
        json.WriteStartArray("stacks");
        foreach (var lease in connection.Leases.Take(LeasesMax))
        {
            if (lease.Stack is { Length: > 0 } stack)
            {
                json.WriteStringValue(Text.BoundedLines(stack, Text.StackMax));
            }
        }

        json.WriteEndArray();
    }

    /// <summary>As a line of its pool's list.</summary>
    public static void WriteMembers(Utf8JsonWriter json, ConnectionSnapshot connection)
    {
        json.WriteNumber("id", connection.ConnectionId);
        json.WriteNumber("slot", connection.Slot);
        json.WriteString("state", [SlotLetters.Of(connection.State)]);
        json.WriteNumber("ageMs", (long)connection.Age.TotalMilliseconds);
        json.WriteNumber("inStateMs", (long)connection.InState.TotalMilliseconds);
        json.WriteNumber("uses", connection.UseCount);
        if (connection.IsStale)
        {
            json.WriteBoolean("stale", true);
        }

        if (connection.IsTransient)
        {
            json.WriteBoolean("transient", true);
        }

        if (connection.Address is { } address)
        {
            json.WriteString("address", Text.Bounded(address, Text.NameMax));
        }

        if (connection.LastError is { } error)
        {
            json.WriteString("error", Text.Bounded(error, Text.ErrorMax));
        }

        json.WriteNumber("leaseCount", connection.Leases.Count);
        json.WriteStartArray("leases");
        foreach (var lease in connection.Leases.Take(LeasesMax))
        {
            json.WriteStartObject();
            json.WriteNumber("heldMs", (long)lease.Held.TotalMilliseconds);
            if (lease.Holder is { } holder)
            {
                json.WriteString("holder", Text.Bounded(holder, Text.NameMax));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
