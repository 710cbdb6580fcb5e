using System.Buffers;
using System.Globalization;

namespace ActorPool.Hocon.Reading;

/// <summary>What JSON calls a number.</summary>
static class NumberText
{
    public const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    static readonly SearchValues<char> Characters = SearchValues.Create("0123456789+-.eE");

    public static bool IsNumber(ReadOnlySpan<char> text)
    {
        var at = text.StartsWith('-') ? 1 : 0;
        var digits = Digits(text[at..]);
        if (digits == 0 || (digits > 1 && text[at] == '0'))
        {
            return false;
        }

        at += digits;
        if (at < text.Length && text[at] == '.')
        {
            digits = Digits(text[(at + 1)..]);
            if (digits == 0)
            {
                return false;
            }

            at += 1 + digits;
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            at += at < text.Length && text[at] is '+' or '-' ? 1 : 0;
            digits = Digits(text[at..]);
            return digits > 0 && at + digits == text.Length;
        }

        return at == text.Length;
    }

    /// <summary>How many of the characters from the beginning on may belong to a number.</summary>
    public static int LengthOf(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept(Characters);
        return length < 0 ? text.Length : length;
    }

    static int Digits(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9');
        return length < 0 ? text.Length : length;
    }
}
