using System.Globalization;
using System.Text;

namespace ActorPool.Hocon.Mapping;

/// <summary>Writes values as JSON.</summary>
static class JsonText
{
    public static void Write(HoconValue value, StringBuilder text)
    {
        switch (value)
        {
            case HoconObject fields:
                WriteObject(fields, text);
                break;
            case HoconArray elements:
                WriteArray(elements, text);
                break;
            case HoconScalar { Kind: HoconKind.String } scalar:
                WriteString(scalar.Text, text);
                break;
            case HoconScalar scalar:
                text.Append(scalar.Text);
                break;
        }
    }

    static void WriteObject(HoconObject fields, StringBuilder text)
    {
        text.Append('{');
        var separator = "";
        foreach (var (key, value) in fields)
        {
            text.Append(separator);
            WriteString(key, text);
            text.Append(':');
            Write(value, text);
            separator = ",";
        }

        text.Append('}');
    }

    static void WriteArray(HoconArray elements, StringBuilder text)
    {
        text.Append('[');
        var separator = "";
        foreach (var element in elements)
        {
            text.Append(separator);
            Write(element, text);
            separator = ",";
        }

        text.Append(']');
    }

    public static void WriteString(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var character in value)
        {
            switch (character)
            {
                case '"' or '\\':
                    text.Append('\\').Append(character);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case < ' ' or (>= '\ud800' and <= '\udfff') or '\u2028' or '\u2029':
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
                    break;
                default:
                    text.Append(character);
                    break;
            }
        }

        text.Append('"');
    }
}
