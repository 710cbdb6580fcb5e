using ActorPool.Hosting.Configuration.Tables;

namespace ActorPool.Hosting.Configuration;

/// <summary>Finds what somebody may have meant who has written a name that does not exist.</summary>
static class NearestName
{
    // a longer text is no slip of the pen, and the distance costs the product of both lengths
    const int LengthMax = 64;

    /// <summary>The nearest of the known names; null if none is near. Upper case and hyphens make no difference.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">What exists.</param>
    public static string? Find(string name, IEnumerable<string> known)
    {
        var wrong = OptionName.Normal(name);
        if (wrong.Length > LengthMax)
        {
            return null;
        }

        string? nearest = null;
        var best = 1 + Math.Min(wrong.Length / 4, 2);
        foreach (var candidate in known)
        {
            if (Distance(wrong, OptionName.Normal(candidate)) is var distance && (distance < best || (distance == best && nearest is null)))
            {
                (nearest, best) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary><c>; did you mean max-size?</c>, or, if none is near and there are few, which there are.</summary>
    public static string Hint(string name, IEnumerable<string> known)
    {
        var all = known.ToList();
        return Find(name, all) is { } nearest ? $"; did you mean {nearest}?"
            : all.Count is > 0 and <= 12 ? $"; there {(all.Count == 1 ? "is" : "are")} {string.Join(", ", all)}"
            : "";
    }

    /// <summary>
    /// How many letters have to be put in, left out, replaced or swapped with their neighbour to make one text of the other
    /// (optimal string alignment; F. Damerau, <i>A technique for computer detection and correction of spelling errors</i>, 1964).
    /// </summary>
    public static int Distance(string left, string right)
    {
        var rows = new int[3][];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new int[right.Length + 1];
        }

        for (var column = 0; column <= right.Length; column++)
        {
            rows[0][column] = column;
        }

        for (var row = 1; row <= left.Length; row++)
        {
            var (current, above, twoAbove) = (rows[row % 3], rows[(row + 2) % 3], rows[(row + 1) % 3]);
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var replaced = above[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(replaced, 1 + Math.Min(above[column], current[column - 1]));
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    current[column] = Math.Min(current[column], 1 + twoAbove[column - 2]);
                }
            }
        }

        return rows[left.Length % 3][right.Length];
    }
}
