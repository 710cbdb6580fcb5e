using System.Globalization;
using System.Text;
using ActorPool.Hocon.Errors;
using ActorPool.Hocon.Syntax;

namespace ActorPool.Hocon.Reading;

/// <summary>
/// Reads Java's properties (<c>java.util.Properties.load</c>) as the specification's section <i>Java properties mapping</i> has
/// it: keys are cut at every point, values are strings, and an object wins over a string at the same key.
/// </summary>
sealed class PropertiesReader(Cursor cursor, int depthMax)
{
    public ObjectNode Read()
    {
        var root = new ObjectNode(cursor.Origin);
        while (SkipToLine())
        {
            var origin = cursor.Origin;
            var key = ReadPart(isKey: true);
            SkipBlank();
            if (cursor.Current is '=' or ':')
            {
                cursor.Move();
                SkipBlank();
            }

            var valueOrigin = cursor.Origin;
            Set(root, key.Split('.'), new TextNode(HoconKind.String, ReadPart(isKey: false), valueOrigin), origin);
        }

        return root;
    }

    void Set(ObjectNode into, string[] keys, TextNode value, HoconOrigin origin)
    {
        if (keys.Length > depthMax)
        {
            throw HoconErrors.TooDeep(origin, depthMax);
        }

        foreach (var key in keys.AsSpan()[..^1])
        {
            var field = into.FieldOf(key);
            if (field.Items is not [.., { Node: ObjectNode inner }])
            {
                field.Items.Clear();
                field.Add(new Item(inner = new ObjectNode(origin), origin));
            }

            into = inner;
        }

        var last = into.FieldOf(keys[^1]);
        if (last.Items is not [.., { Node: ObjectNode }])
        {
            last.Add(new Item(value, origin));
        }
    }

    // To the next line that is neither empty nor a comment.
    bool SkipToLine()
    {
        while (cursor.Current != Cursor.End)
        {
            if (cursor.Current is '#' or '!')
            {
                var length = cursor.Rest.IndexOfAny('\n', '\r');
                cursor.Move(length < 0 ? cursor.Rest.Length : length);
            }
            else if (IsBlank(cursor.Current) || cursor.Current is '\n' or '\r' or '\ufeff')
            {
                cursor.Move();
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    void SkipBlank()
    {
        while (IsBlank(cursor.Current) || SkipContinuation())
        {
            cursor.Move(IsBlank(cursor.Current) ? 1 : 0);
        }
    }

    // A backslash at the end of a line: the line goes on behind the blanks of the next one.
    bool SkipContinuation()
    {
        if (cursor.Current != '\\' || cursor.Peek(1) is not ('\n' or '\r'))
        {
            return false;
        }

        cursor.Move(cursor.Peek(1) == '\r' && cursor.Peek(2) == '\n' ? 3 : 2);
        while (IsBlank(cursor.Current))
        {
            cursor.Move();
        }

        return true;
    }

    string ReadPart(bool isKey)
    {
        var text = new StringBuilder();
        while (cursor.Current is not (Cursor.End or '\n' or '\r')
            && !(isKey && (cursor.Current is '=' or ':' || IsBlank(cursor.Current))))
        {
            if (SkipContinuation())
            {
                continue;
            }

            if (cursor.Current == '\\')
            {
                ReadEscape(text);
            }
            else
            {
                text.Append((char)cursor.Current);
                cursor.Move();
            }
        }

        return text.ToString();
    }

    void ReadEscape(StringBuilder text)
    {
        var escaped = cursor.Peek(1);
        if (escaped == 'u')
        {
            if (cursor.Rest.Length < 6
                || !ushort.TryParse(cursor.Rest[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                throw HoconErrors.BadUnicodeEscape(cursor);
            }

            text.Append((char)code);
            cursor.Move(6);
            return;
        }

        cursor.Move();
        if (escaped != Cursor.End)
        {
            text.Append(escaped switch { 't' => '\t', 'n' => '\n', 'r' => '\r', 'f' => '\f', _ => (char)escaped });
            cursor.Move();
        }
    }

    static bool IsBlank(int character) => character is ' ' or '\t' or '\f';
}
