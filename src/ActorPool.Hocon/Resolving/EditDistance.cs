namespace ActorPool.Hocon.Resolving;

/// <summary>
/// How far words are from each other: letters put in, left out, changed or swapped with the next one (F. J. Damerau, <i>A technique
/// for computer detection and correction of spelling errors</i>, CACM 7, 1964), without regard to case.
/// </summary>
static class EditDistance
{
    const int LengthMax = 64;

    /// <summary>The word that is nearest to another, if a third of its letters or fewer must be changed.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        string? nearest = null;
        var best = Math.Max(1, word.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            if (word.Length <= LengthMax && Math.Abs(candidate.Length - word.Length) < best)
            {
                var distance = Between(word, candidate);
                if (distance > 0 && distance < best)
                {
                    (nearest, best) = (candidate, distance);
                }
            }
        }

        return nearest;
    }

    /// <summary>How many changes make one text of the other; 1 if only their case differs. Costs the product of their lengths.</summary>
    public static int Between(string one, string other)
    {
        var (width, height) = (other.Length + 1, one.Length + 1);
        Span<int> cells = stackalloc int[height * width];
        for (var line = 0; line < height; line++)
        {
            for (var column = 0; column < width; column++)
            {
                cells[(line * width) + column] = line == 0 || column == 0 ? line + column : Best(cells, line, column);
            }
        }

        return Math.Max(cells[^1], string.Equals(one, other, StringComparison.Ordinal) ? 0 : 1);

        int Best(Span<int> cells, int line, int column)
        {
            var at = (line * width) + column;
            var best = Math.Min(Math.Min(cells[at - width], cells[at - 1]) + 1, cells[at - width - 1] + (Same(line, column) ? 0 : 1));
            return line > 1 && column > 1 && Same(line, column - 1) && Same(line - 1, column)
                ? Math.Min(best, cells[at - (2 * width) - 2] + 1)
                : best;
        }

        bool Same(int line, int column) => char.ToUpperInvariant(one[line - 1]) == char.ToUpperInvariant(other[column - 1]);
    }
}
