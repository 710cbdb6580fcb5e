using System.Globalization;
using System.Text;

namespace ActorPool.Hocon.Tests.Properties;

/// <summary>Makes JSON documents of choices, so that fewer and smaller choices are a simpler document.</summary>
sealed class JsonDraw(byte[] choices)
{
    static readonly string[] Numbers = ["0", "-1", "42", "3.14", "1e5", "-0.5E-3", "1E+2", "12345678901234567890"];
    static readonly string[] Texts =
    [
        "", "a", "b", "key with spaces", "a.b", "${a}", "#", "//", "\"", "\\", "\n\t\r\b\f", "\u0000\u001f", "é", "\ud83d\ude00", "include",
        "true", "null", "1", "{", "]", ":", "+=", "\u2028", "/", "  ",
    ];

    readonly StringBuilder _text = new();
    int _next;

    public string Document()
    {
        Blank();
        Structure(depth: 0, isObject: Choose(4) > 0);
        Blank();
        return _text.ToString();
    }

    void Value(int depth)
    {
        switch (Choose(depth < 8 ? 8 : 6))
        {
            case 0:
                _text.Append("null");
                break;
            case 1:
                _text.Append("true");
                break;
            case 2:
                _text.Append("false");
                break;
            case 3:
                _text.Append(Numbers[Choose(Numbers.Length)]);
                break;
            case 4 or 5:
                String(Texts[Choose(Texts.Length)]);
                break;
            case var structure:
                Structure(depth, structure == 6);
                break;
        }
    }

    void Structure(int depth, bool isObject)
    {
        _text.Append(isObject ? '{' : '[');
        Blank();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var count = Choose(5); count > 0; count--)
        {
            if (isObject)
            {
                var key = Texts[Choose(Texts.Length)];
                key += keys.Add(key) ? "" : string.Create(CultureInfo.InvariantCulture, $"#{keys.Count}.{count}");
                String(key);
                Blank();
                _text.Append(':');
                Blank();
            }

            Value(depth + 1);
            Blank();
            if (count > 1)
            {
                _text.Append(',');
                Blank();
            }
        }

        _text.Append(isObject ? '}' : ']');
    }

    void String(string value)
    {
        _text.Append('"');
        foreach (var character in value)
        {
            _text.Append(character is '"' or '\\' or < ' ' || (Choose(9) == 8 && !char.IsSurrogate(character))
                ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")
                : character.ToString());
        }

        _text.Append('"');
    }

    void Blank() => _text.Append(Choose(6) switch { 3 => " ", 4 => "\n", 5 => "\r\n\t", _ => "" });

    int Choose(int count) => _next < choices.Length ? choices[_next++] % count : 0;
}
