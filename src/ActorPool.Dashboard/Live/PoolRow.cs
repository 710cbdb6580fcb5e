using System.Text.Json;

namespace ActorPool.Dashboard.Live;

/// <summary>One pool's line on the page, as JSON.</summary>
/// <param name="Json">The bytes; shared by everybody who is sent them.</param>
/// <param name="ChangedAt">The version of the first picture that had it so.</param>
sealed record PoolRow(byte[] Json, long ChangedAt)
{
    /// <summary>Writes the members of a row into an object.</summary>
    public static void WriteMembers(Utf8JsonWriter json, long number, PoolOverview pool, PoolRates? rates)
    {
        json.WriteNumber("id", number);
        json.WriteString("name", Text.Bounded(pool.Name, Text.NameMax));
        json.WriteString("health", Name(pool.Health));
        json.WriteString("mode", pool.IsClosed ? "draining" : pool.IsPaused ? "paused" : "open");
        json.WriteNumber("min", pool.MinSize);
        json.WriteNumber("max", pool.MaxSize);
        json.WriteNumber("idle", pool.Idle);
        json.WriteNumber("leased", pool.Leased);
        json.WriteNumber("opening", pool.Opening);
        json.WriteNumber("probing", pool.Probing);
        json.WriteNumber("resetting", pool.Resetting);
        json.WriteNumber("closing", pool.Closing);
        WriteSlots(json, pool);
        if (pool.Waiting > 0)
        {
            json.WriteNumber("waiting", pool.Waiting);
            json.WriteNumber("oldestMs", (long)pool.OldestWait.TotalMilliseconds);
        }

        if (rates is { } known)
        {
            json.WriteNumber("rate", known.LeasesPerSecond);
            json.WriteNumber("waitMs", known.WaitMs);
            json.WriteNumber("useMs", known.UseMs);
        }

        if (pool.LastOpenError is { } error)
        {
            json.WriteString("error", Text.Bounded(error, Text.ErrorMax));
        }
    }

    static void WriteSlots(Utf8JsonWriter json, PoolOverview pool)
    {
        Span<char> letters = stackalloc char[PoolOverview.SlotsMax];
        var count = SlotLetters.Write(pool, letters);
        if (count >= 0)
        {
            json.WriteString("slots", letters[..count]);
        }
    }

    /// <summary>The page's word for a health.</summary>
    public static string Name(PoolHealth health) => health switch
    {
        PoolHealth.Failing => "failing",
        PoolHealth.Unavailable => "unavailable",
        _ => "healthy",
    };
}
