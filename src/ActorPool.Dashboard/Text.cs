using System.Text;

namespace ActorPool.Dashboard;

/// <summary>Bounds on what others have written and the page shows.</summary>
static class Text
{
    /// <summary>Names, holders, addresses.</summary>
    public const int NameMax = 200;

    /// <summary>Errors.</summary>
    public const int ErrorMax = 400;

    /// <summary>Where a lease was acquired.</summary>
    public const int StackMax = 4_000;

    /// <summary>At most so many characters on one line, the last an ellipsis where something is missing; no halves of characters.</summary>
    public static string Bounded(string text, int max) => BoundedLines(
        text.Any(char.IsControl) ? string.Concat(text.ReplaceLineEndings(" ").Select(static c => char.IsControl(c) ? ' ' : c)) : text, max);

    /// <summary><see cref="Bounded"/>, lines kept.</summary>
    public static string BoundedLines(string text, int max)
    {
        if (text.Length <= max && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

        var kept = new StringBuilder(Math.Min(text.Length, max));
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > max - 1 && text.Length > max)
            {
                return kept.Append('…').ToString();
            }

            kept.Append(rune);
        }

        return kept.ToString();
    }

    /// <summary>Type and message on one line, as snapshots put errors.</summary>
    public static string Of(Exception error) => Bounded($"{error.GetType().Name}: {error.Message}", ErrorMax);
}
