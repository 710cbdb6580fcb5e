using System.Globalization;
using ActorPool.Hocon.Reading;
using ActorPool.Hocon.Resolving;
using ActorPool.Hocon.Syntax;

namespace ActorPool.Hocon.Errors;

/// <summary>
/// Every error message. They say what was expected and what was found, name keys and paths, and quote no values: these may be
/// secrets.
/// </summary>
static partial class HoconErrors
{
    public static HoconException Expected(Cursor cursor, string what) =>
        new(cursor.Origin, $"expected {what}, found {Found(cursor)}");

    public static HoconException NotClosed(Cursor cursor, object close, object open, HoconOrigin opened) =>
        new(cursor.Origin, $"expected {close} to close the {open} opened at {At(opened)}, found {Found(cursor)}");

    public static HoconException NothingToClose(Cursor cursor) =>
        new(cursor.Origin, "expected a key or the end of the text, found a '}' that closes nothing");

    public static HoconException NoSeparator(Cursor cursor, char close, char open, HoconOrigin? opened) => new(
        cursor.Origin,
        $"expected ',' or a new line{(opened is null ? "" : $" or the {close} that closes the {open} opened at {At(opened.Value)}")}, "
        + $"found {Found(cursor)}");

    public static HoconException NoAssignment(Cursor cursor, List<PathKey> keys) => new(
        cursor.Origin,
        $"expected ':', '=', '+=' or '{{' after the key {PathText.Render(keys.Select(static key => key.Name))}, found {Found(cursor)}");

    public static HoconException SubstitutionInKey(Cursor cursor) =>
        new(cursor.Origin, "expected a key, found '$': a key cannot have a substitution in it");

    public static HoconException NotInUnquotedText(Cursor cursor) =>
        new(cursor.Origin, $"expected ',' or a new line, found {Found(cursor)}: a text with this in it must be in quotes");

    public static HoconException LoneDollar(Cursor cursor) =>
        new(cursor.Origin, "expected ${ of a substitution, found '$' alone: a text with this in it must be in quotes");

    public static HoconException EmptyKey(HoconOrigin origin, string what) =>
        new(origin, $"expected a key between the points of {what}, found nothing: an empty key is written \"\"");

    public static HoconException ControlInQuotes(Cursor cursor, HoconOrigin opened) => new(
        cursor.Origin,
        cursor.Current == '\n' || (cursor.Current == '\r' && cursor.Peek(1) == '\n')
            ? $"expected \" to close the \" opened at {At(opened)}, found the end of the line: a text of several lines is in \"\"\""
            : $"expected a character, found {Found(cursor)}: in quotes it is written \\u{cursor.Current:x4}");

    public static HoconException BadEscape(Cursor cursor, int escaped) => new(
        cursor.Origin, $"expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u in a quoted text, found \\ before {Shown(escaped)}");

    public static HoconException BadUnicodeEscape(Cursor cursor) => new(cursor.Origin, "expected four hexadecimal digits after \\u");

    public static HoconException NotUtf8(HoconOrigin origin, ReadOnlySpan<byte> bytes) => new(
        origin,
        bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..]
            ? "expected UTF-8, found UTF-16"
            : $"expected UTF-8, found the byte 0x{(bytes.IsEmpty ? 0 : bytes[0]):x2}");

    public static HoconException TooDeep(HoconOrigin origin, int max) =>
        new(origin, $"this lies deeper than {Number(max)} levels (HoconOptions.MaxDepth)");

    public static HoconException StackFull(HoconOrigin origin) =>
        new(origin, "this lies too deep for the stack of this thread: lower HoconOptions.MaxDepth, or the nesting");

    public static HoconException WrongKind(HoconValue value, string expected) =>
        new(value.Origin, $"expected {expected}, found {NameOf(value.Kind)}");

    public static HoconException NotConvertible(HoconValue value, string expected) => new(
        value.Origin, $"expected {expected}, found {NameOf(value.Kind)} that is none{Unit(value)}");

    public static HoconException SameKey(HoconOrigin origin, string key, HoconOrigin other) => new(
        origin, $"the configuration key {Cut(key)} has its value from {At(other, origin)} already; configuration does not tell case apart");

    public static HoconException NotAnObject(HoconValue root) =>
        new(root.Origin, $"expected an object as the root of a configuration, found {NameOf(root.Kind)}");

    public static string NameOf(HoconKind kind) => kind switch
    {
        HoconKind.Object => "an object",
        HoconKind.Array => "an array",
        HoconKind.String => "a string",
        HoconKind.Number => "a number",
        HoconKind.Boolean => "a boolean",
        _ => "null",
    };

    public static string NameOf(SyntaxNode node) => node switch
    {
        ObjectNode => "an object",
        ArrayNode => "an array",
        TextNode text => NameOf(text.Kind),
        _ => "a substitution",
    };

    public static string NameOf(Shape shape) => shape switch
    {
        ObjectShape => "an object",
        ArrayShape => "an array",
        TextShape text => NameOf(text.Scalar.Kind),
        _ => "nothing",
    };

    // Letters behind a number are most probably a unit, and say what is wrong.
    static string Unit(HoconValue value)
    {
        HoconUnits.Split((value as HoconScalar)?.Text, out var number, out var unit);
        return decimal.TryParse(number, NumberText.Style, CultureInfo.InvariantCulture, out _) && unit.Length is > 0 and <= 16
            ? $" (a number with '{unit}' behind it)"
            : "";
    }

    static string Found(Cursor cursor) => cursor.Current switch
    {
        Cursor.End => "the end of the text",
        '\n' => "the end of the line",
        var character => Shown(character),
    };

    static string Shown(int character) => character switch
    {
        Cursor.End => "the end of the text",
        < ' ' or 0x7f or > 0x7f and < 0xa1 or >= 0xd800 and <= 0xdfff => $"the character U+{character:X4}",
        _ when Cursor.IsBlank(character) => $"the character U+{character:X4}",
        _ => $"'{(char)character}'",
    };

    static string At(HoconOrigin origin) => string.Create(CultureInfo.InvariantCulture, $"{origin.Line}:{origin.Column}");

    static string At(HoconOrigin origin, HoconOrigin seenFrom) =>
        string.Equals(origin.File, seenFrom.File, StringComparison.Ordinal) ? At(origin) : origin.ToString();

    static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Cut(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
