using System.Text;

namespace QuickStart;

/// <summary>The first line of bytes from the network, fit for a terminal.</summary>
static class Printable
{
    const int LengthMax = 80;

    public static string Line(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("'");
        var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        var line = end < 0 ? bytes : bytes[..end];
        foreach (var one in line[..Math.Min(line.Length, LengthMax)])
        {
            text.Append(one is >= 0x20 and < 0x7F ? (char)one : '?');
        }

        return text.Append('\'').ToString();
    }
}
