using System.Text;

namespace ActorPool.Hocon.Tests.Properties;

/// <summary>Changes documents as hands, disks and enemies do.</summary>
sealed class Mutation(Random random)
{
    static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", "\n", ":", "=", "+=", "${", "${?", "}", "[]", "\"", "\"\"\"", "\\", "\\u12", "#", "//", "include ", "include \"b.conf\"\n",
        "include required(\"", "file(", "a", "a.b", ".", "..", " ", "\t", "\ufeff", "1e+", "-", "null", "true", "${a}", "${?a}", "${x.y}", "a = ${a}",
        "a += ", "\0", "\ud800", "\u2028", "{{{{{{{{", "[[[[[[[[", "a.a.a.a.a.a.", "$", "+", "a{a{a{", "x=${x}${x}\n", "o{o=${o}}\n",
    ];

    public string Next(string[] corpus)
    {
        var text = Pick(corpus);
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            text = Change(text, corpus);
        }

        return text;
    }

    string Change(string text, string[] corpus)
    {
        var (start, end) = Range(text);
        return random.Next(8) switch
        {
            0 => FlipBit(text),
            1 => text[..start] + text[end..],
            2 => text[..end] + text[start..end] + text[end..],
            3 => text[..start] + Slice(Pick(corpus)) + text[end..],
            4 => text[..start] + Pick(Pieces) + text[start..],
            5 => text[..start] + Pick(Pieces) + text[end..],
            6 => text[..start] + Nested(Slice(text)) + text[end..],
            _ => text[..start],
        };
    }

    // A byte of its UTF-8, so that characters of several bytes break as well; what is no UTF-8 becomes U+FFFD.
    string FlipBit(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return Encoding.UTF8.GetString(bytes);
    }

    string Nested(string text)
    {
        var depth = random.Next(1, random.Next(10) == 0 ? 700 : 20);
        var (open, close) = random.Next(4) switch { 0 => ("[", "]"), 1 => ("a{", "}"), 2 => ("{a=[", "]}"), _ => ("[{a:", "}]") };
        return string.Concat(Enumerable.Repeat(open, depth)) + text + string.Concat(Enumerable.Repeat(close, depth));
    }

    string Slice(string text)
    {
        var (start, end) = Range(text);
        return text[start..end];
    }

    (int Start, int End) Range(string text)
    {
        var start = random.Next(text.Length + 1);
        return (start, Math.Min(text.Length, start + random.Next(1, 40)));
    }

    string Pick(string[] from) => from[random.Next(from.Length)];
}
