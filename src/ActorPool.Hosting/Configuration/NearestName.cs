using ActorPool.Hocon.Resolving;
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
            var right = OptionName.Normal(candidate);
            if (Math.Abs(right.Length - wrong.Length) <= best
                && Distance(wrong, right) is var distance && (distance < best || (distance == best && nearest is null)))
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

    /// <summary>How many letters have to be changed to make one text of the other.</summary>
    public static int Distance(string left, string right) => EditDistance.Between(left, right);
}
