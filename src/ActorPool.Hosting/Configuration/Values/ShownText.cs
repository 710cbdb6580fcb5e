namespace ActorPool.Hosting.Configuration.Values;

/// <summary>What may be shown of a value that somebody wrote where something else was expected.</summary>
static class ShownText
{
    const int LengthMax = 60;

    /// <summary>In quotes; or, of what may be a URL or a connection string, which often have passwords in them, that it is not shown.</summary>
    public static string Of(string text) =>
        text.Length == 0 ? "empty"
        : text.AsSpan().ContainsAny("@=;") || text.Contains("://", StringComparison.Ordinal) ? "a text that is not shown, as there may be a password in it"
        : text.Length > LengthMax ? $"\"{text[..LengthMax]}…\""
        : $"\"{text}\"";

    /// <summary>In one line, however many it had.</summary>
    public static string Printable(string text) => string.Create(text.Length, text, static (span, text) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = char.IsControl(text[i]) ? '�' : text[i];
        }
    });
}
