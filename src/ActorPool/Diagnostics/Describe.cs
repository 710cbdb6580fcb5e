using System.Globalization;
using ActorPool.Endpoints;

namespace ActorPool.Diagnostics;

/// <summary>How things are put into words, in errors, logs and snapshots alike. Runs users' code; never in a turn.</summary>
static class Describe
{
    /// <summary>"1.250 s", whatever the culture.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture) + " s";

    /// <summary>"1.250 s".</summary>
    public static string Seconds(long milliseconds) => Seconds(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Type and message on one line; null for none.</summary>
    public static string? Error(Exception? error) =>
        error is null ? null : $"{error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}";

    /// <summary>A holder by its own words; null for nobody in particular.</summary>
    public static string? Holder(object? holder)
    {
        try
        {
            return holder is TracedHolder traced ? traced.Holder?.ToString() : holder?.ToString();
        }
#pragma warning disable CA1031 // a holder that cannot say its name must not spoil the error that asks for it
        catch (Exception error)
#pragma warning restore CA1031
        {
            return $"{holder!.GetType().Name} (its ToString threw {error.GetType().Name})";
        }
    }

    /// <summary>Where a holder acquired, frame by frame, without the pool's own; null if that was not kept.</summary>
    public static string? Stack(object? holder) =>
        holder is TracedHolder { Stack: var stack }
            ? string.Join('\n', stack.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .SkipWhile(frame => frame.StartsWith("at ActorPool.ConnectionPool`1", StringComparison.Ordinal)))
            : null;
}
