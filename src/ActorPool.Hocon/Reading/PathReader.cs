using System.Text;
using ActorPool.Hocon.Errors;

namespace ActorPool.Hocon.Reading;

/// <summary>Reads path expressions: keys, and what is between the braces of a substitution.</summary>
static class PathReader
{
    /// <summary>The keys of a path expression that is a text of its own.</summary>
    public static IReadOnlyList<string> ReadAlone(string path)
    {
        var cursor = new Cursor(path, file: null);
        cursor.SkipInLine();
        var keys = Read(cursor, "a path");
        return cursor.Current == Cursor.End
            ? [.. keys.Select(static key => key.Name)]
            : throw HoconErrors.Expected(cursor, "the end of the path");
    }

    /// <summary>
    /// Reads up to a character that can be no part of a path, without whitespace at its end. What follows is for the caller to
    /// judge. Errors call it what the caller calls it.
    /// </summary>
    public static List<PathKey> Read(Cursor cursor, string what)
    {
        var keys = new List<PathKey>();
        var key = new StringBuilder();
        var keyOrigin = cursor.Origin;
        var isQuoted = false;
        var isAny = false;
        while (true)
        {
            var start = cursor.Position;
            while (cursor.Current != '\n' && Cursor.IsBlank(cursor.Current))
            {
                cursor.Move();
            }

            if (cursor.Current == '"')
            {
                key.Append(cursor.From(start));
                key.Append(QuotedText.Read(cursor));
                isQuoted = isAny = true;
                continue;
            }

            var blank = cursor.From(start);
            var runOrigin = cursor.Origin;
            var run = UnquotedText.Read(cursor);
            if (run.Length == 0)
            {
                break;
            }

            isAny = true;
            key.Append(blank);
            var offset = 0;
            foreach (var part in run.Split('.'))
            {
                if (offset > 0)
                {
                    AddKey(keys, key, keyOrigin, isQuoted, what);
                    (keyOrigin, isQuoted) = (runOrigin with { Column = runOrigin.Column + offset }, false);
                }

                key.Append(part);
                offset += part.Length + 1;
            }
        }

        if (!isAny)
        {
            throw HoconErrors.Expected(cursor, what);
        }

        AddKey(keys, key, keyOrigin, isQuoted, what);
        return keys;
    }

    static void AddKey(List<PathKey> keys, StringBuilder key, HoconOrigin origin, bool isQuoted, string what)
    {
        if (key.Length == 0 && !isQuoted)
        {
            throw HoconErrors.EmptyKey(origin, what);
        }

        keys.Add(new(key.ToString(), origin));
        key.Clear();
    }
}
