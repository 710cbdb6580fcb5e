using System.Text;
using ActorPool.Hocon.Mapping;
using ActorPool.Hocon.Reading;

namespace ActorPool.Hocon.Syntax;

/// <summary>Path expressions.</summary>
static class PathText
{
    const int ShownMax = 200;

    /// <summary>The keys of a path expression that is a text of its own.</summary>
    public static IReadOnlyList<string> Parse(string path) => PathReader.ReadAlone(path);

    /// <summary>Writes keys as a path expression, quoted where they must be, and cut where it gets long.</summary>
    public static string Render(IEnumerable<string> keys)
    {
        var text = new StringBuilder();
        foreach (var key in keys)
        {
            if (text.Length > ShownMax)
            {
                break;
            }

            text.Append(text.Length == 0 ? "" : ".");
            if (key.Length > 0 && key.All(IsPlain))
            {
                text.Append(key);
            }
            else
            {
                JsonText.WriteString(key, text);
            }
        }

        return text.Length > ShownMax ? text.ToString(0, ShownMax) + "…" : text.ToString();
    }

    static bool IsPlain(char character) => char.IsLetterOrDigit(character) || character is '-' or '_';
}
