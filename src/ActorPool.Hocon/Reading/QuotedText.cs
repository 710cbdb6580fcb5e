using System.Globalization;
using System.Text;
using ActorPool.Hocon.Errors;

namespace ActorPool.Hocon.Reading;

/// <summary>Texts in quotes, and in three of them.</summary>
static class QuotedText
{
    const string Triple = "\"\"\"";

    /// <summary>Reads from the opening quote to behind the closing one.</summary>
    public static string Read(Cursor cursor)
    {
        var opened = cursor.Origin;
        if (cursor.IsAt(Triple))
        {
            return ReadTriple(cursor, opened);
        }

        cursor.Move();
        StringBuilder? text = null;
        while (true)
        {
            var plain = cursor.Rest.IndexOfAny('"', '\\');
            plain = plain < 0 ? cursor.Rest.Length : plain;
            var control = cursor.Rest[..plain].IndexOfAnyInRange('\0', '\u001f');
            if (control >= 0)
            {
                cursor.Move(control);
                throw HoconErrors.ControlInQuotes(cursor, opened);
            }

            var start = cursor.Position;
            cursor.Move(plain);
            if (cursor.Current == '"')
            {
                var last = cursor.From(start);
                cursor.Move();
                return text is null ? last : text.Append(last).ToString();
            }

            (text ??= new()).Append(cursor.From(start));
            text.Append(ReadEscape(cursor, opened));
        }
    }

    // As in Scala: quotes beyond the closing three belong to the text.
    static string ReadTriple(Cursor cursor, HoconOrigin opened)
    {
        cursor.Move(Triple.Length);
        var start = cursor.Position;
        var length = cursor.Rest.IndexOf(Triple, StringComparison.Ordinal);
        if (length < 0)
        {
            cursor.Move(cursor.Rest.Length);
            throw HoconErrors.NotClosed(cursor, Triple, Triple, opened);
        }

        cursor.Move(length);
        while (cursor.Peek(Triple.Length) == '"')
        {
            cursor.Move();
        }

        var text = cursor.From(start);
        cursor.Move(Triple.Length);
        return text;
    }

    static char ReadEscape(Cursor cursor, HoconOrigin opened)
    {
        if (cursor.Current == Cursor.End || cursor.Peek(1) == Cursor.End)
        {
            cursor.Move(cursor.Rest.Length);
            throw HoconErrors.NotClosed(cursor, "\"", "\"", opened);
        }

        var escaped = cursor.Peek(1);
        var unescaped = escaped switch
        {
            '"' or '\\' or '/' => (char)escaped,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => '\0',
        };
        if (escaped == 'u')
        {
            if (cursor.Rest.Length < 6
                || !ushort.TryParse(cursor.Rest[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                throw HoconErrors.BadUnicodeEscape(cursor);
            }

            cursor.Move(6);
            return (char)code;
        }

        if (unescaped == '\0')
        {
            throw HoconErrors.BadEscape(cursor, escaped);
        }

        cursor.Move(2);
        return unescaped;
    }
}
