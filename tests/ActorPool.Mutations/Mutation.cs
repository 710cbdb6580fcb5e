namespace ActorPool.Mutations;

/// <summary>A small deliberate break: one piece of text in one file, replaced by another. What results compiles, and is wrong.</summary>
/// <param name="Name">What is broken, in a short sentence.</param>
/// <param name="File">Where, from the root, with slashes.</param>
/// <param name="Original">What is replaced; it occurs once in the file.</param>
/// <param name="Replacement">What comes in its place.</param>
sealed record Mutation(string Name, string File, string Original, string Replacement)
{
    /// <summary>How often the original occurs in a text.</summary>
    public int CountIn(string text)
    {
        var count = 0;
        for (var at = text.IndexOf(Original, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Original, at + 1, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }

    /// <summary>The text with the break in it.</summary>
    /// <exception cref="InvalidOperationException">The original does not occur in it exactly once.</exception>
    public string ApplyTo(string text) => CountIn(text) == 1
        ? text.Replace(Original, Replacement, StringComparison.Ordinal)
        : throw new InvalidOperationException(
            $"'{Name}' replaces a text that must occur once in {File} and occurs {CountIn(text)} times: adapt the list to the file.");
}
