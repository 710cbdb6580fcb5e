using System.Buffers.Text;

namespace ActorPool.Redis.Protocol;

/// <summary>Numbers as Redis writes them.</summary>
static class RespNumbers
{
    public static bool TryParseInteger(ReadOnlySpan<byte> text, out long number) =>
        Utf8Parser.TryParse(text, out number, out var read) && read == text.Length;

    public static bool TryParseDouble(ReadOnlySpan<byte> text, out double number)
    {
        if (Utf8Parser.TryParse(text, out number, out int read) && read == text.Length)
        {
            return true;
        }

        number = text switch
        {
            [(byte)'i' or (byte)'I', (byte)'n', (byte)'f'] or [(byte)'+', (byte)'i', (byte)'n', (byte)'f'] => double.PositiveInfinity,
            [(byte)'-', (byte)'i' or (byte)'I', (byte)'n', (byte)'f'] => double.NegativeInfinity,
            _ => double.NaN,
        };
        return !double.IsNaN(number) || text is [(byte)'n', (byte)'a', (byte)'n'] or [(byte)'-', (byte)'n', (byte)'a', (byte)'n'];
    }

    /// <summary>Digits with or without a sign, however many.</summary>
    public static bool IsBigNumber(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'+' or (byte)'-', ..])
        {
            text = text[1..];
        }

        return !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }
}
