using System.Buffers;

namespace ActorPool.Hocon.Reading;

/// <summary>Texts without quotes.</summary>
static class UnquotedText
{
    static readonly SearchValues<char> Forbidden = SearchValues.Create("$\"{}[]:=,+#`^?!@*&\\");

    public static bool IsForbidden(int character) => character >= 0 && Forbidden.Contains((char)character);

    /// <summary>
    /// Reads up to a forbidden character, whitespace or a comment, and nothing if it is there already. A number at the beginning
    /// may have a <c>+</c> in it.
    /// </summary>
    public static string Read(Cursor cursor)
    {
        var start = cursor.Position;
        if (cursor.Current is '-' or (>= '0' and <= '9'))
        {
            var length = NumberText.LengthOf(cursor.Rest);
            if (NumberText.IsNumber(cursor.Rest[..length]))
            {
                cursor.Move(length);
            }
        }

        var rest = cursor.Rest;
        var end = 0;
        while (end < rest.Length && !Forbidden.Contains(rest[end]) && !Cursor.IsBlank(rest[end])
            && !(rest[end] == '/' && end + 1 < rest.Length && rest[end + 1] == '/'))
        {
            end++;
        }

        cursor.Move(end);
        return cursor.From(start);
    }
}
