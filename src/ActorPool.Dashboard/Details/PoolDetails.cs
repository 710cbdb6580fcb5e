using System.Text.Json;
using ActorPool.Dashboard.Live;

namespace ActorPool.Dashboard.Details;

/// <summary>One pool with its counters, connections and journal, as JSON.</summary>
static class PoolDetails
{
    public static void Write(Utf8JsonWriter json, long number, PoolSnapshot pool, PoolJournal journal, int limit)
    {
        PoolRow.WriteMembers(json, number, pool, rates: null);
        WriteCounters(json, pool);
        WriteClosed(json, pool);
        json.WriteNumber("total", pool.Connections.Count);
        json.WriteStartArray("connections");
        foreach (var connection in pool.Connections.Take(limit))
        {
            json.WriteStartObject();
            ConnectionDetails.WriteMembers(json, connection);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteJournal(json, journal);
    }

    static void WriteCounters(Utf8JsonWriter json, PoolSnapshot pool)
    {
        json.WriteNumber("generation", pool.Generation);
        json.WriteNumber("failures", pool.FailuresInARow);
        if (pool.NextAttemptIn is { } next)
        {
            json.WriteNumber("nextAttemptMs", (long)next.TotalMilliseconds);
        }

        if (pool.Granted is { } granted)
        {
            json.WriteNumber("granted", granted);
        }

        json.WriteStartObject("counters");
        json.WriteNumber("acquired", pool.Acquired);
        json.WriteNumber("after a wait", pool.AcquiredAfterWait);
        json.WriteNumber("timed out", pool.TimedOut);
        json.WriteNumber("cancelled", pool.Cancelled);
        json.WriteNumber("rejected", pool.Rejected);
        json.WriteNumber("shed", pool.Shed);
        json.WriteNumber("revoked", pool.Revoked);
        json.WriteNumber("lost", pool.Lost);
        json.WriteNumber("opened", pool.Opened);
        json.WriteNumber("opens failed", pool.OpensFailed);
        json.WriteNumber("transient now", pool.Transient);
        json.WriteNumber("to be replaced", pool.Stale);
        json.WriteEndObject();
    }

    static void WriteClosed(Utf8JsonWriter json, PoolSnapshot pool)
    {
        json.WriteStartObject("closed");
        foreach (var (reason, count) in pool.Closed)
        {
            if (count > 0)
            {
                json.WriteNumber(reason.ToString(), count);
            }
        }

        json.WriteEndObject();
    }

    static void WriteJournal(Utf8JsonWriter json, PoolJournal journal)
    {
        json.WriteNumber("journalSince", journal.Since.ToUnixTimeMilliseconds());
        json.WriteStartArray("journal");
        foreach (var entry in journal.Entries)
        {
            json.WriteStartObject();
            json.WriteNumber("at", entry.At.ToUnixTimeMilliseconds());
            json.WriteNumber("times", entry.Times);
            json.WriteBoolean("trouble", entry.IsTrouble);
            json.WriteString("line", entry.Line);
            json.WriteStartArray("history");
            foreach (var transition in entry.History)
            {
                json.WriteStringValue(transition);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
