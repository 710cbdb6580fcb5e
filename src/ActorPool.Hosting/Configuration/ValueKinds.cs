using System.Globalization;

namespace ActorPool.Hosting.Configuration;

/// <summary>The kinds of values that options have.</summary>
static class ValueKinds
{
    /// <summary>Any text, as it is.</summary>
    public static readonly ValueKind<string> Text = new("a text", static (text, out value) =>
    {
        value = text;
        return true;
    });

    /// <summary>A whole number.</summary>
    public static readonly ValueKind<int> Count = new("a whole number", TryParseCount);

    /// <summary>A whole number, or none of its size.</summary>
    public static readonly ValueKind<int> CountOrUnlimited = new("a whole number or unlimited", static (text, out value) =>
    {
        value = PoolOptions.Unlimited;
        return Is(text, "unlimited") || Is(text, "infinite") || TryParseCount(text, out value);
    });

    /// <summary>A number, or a percentage.</summary>
    public static readonly ValueKind<double> Number = new("a number", static (text, out value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value));

    /// <summary>Yes or no, in the words of HOCON.</summary>
    public static readonly ValueKind<bool> Flag = new("true or false", static (text, out value) =>
    {
        value = Is(text, "true") || Is(text, "yes") || Is(text, "on");
        return value || Is(text, "false") || Is(text, "no") || Is(text, "off");
    });

    /// <summary>
    /// A time with a unit, <c>infinite</c>, or as .NET writes it (<c>00:00:15</c>). Milliseconds are HOCON's rule for a number
    /// without a unit, and days .NET's: whoever forgets the unit is asked which he means.
    /// </summary>
    public static readonly ValueKind<TimeSpan> Time = new(
        "a time such as 15s, 100ms, 5m or infinite",
        TimeText.TryParse,
        static text => double.TryParse(text, CultureInfo.InvariantCulture, out _) ? $"a time needs a unit: {text}s, {text}ms, {text}m …" : null);

    /// <summary>A number of bytes.</summary>
    public static readonly ValueKind<int> Bytes = new("a size such as 64KiB, 512MiB or a number of bytes", SizeText.TryParse);

    /// <summary>The path of a file that has to be there.</summary>
    public static readonly ValueKind<string> File = new(
        "the path of a file",
        static (text, out value) =>
        {
            value = text;
            return System.IO.File.Exists(text);
        },
        static _ => "there is no such file");

    /// <summary>One of an enum's names, in any spelling.</summary>
    public static ValueKind<TEnum> OneOf<TEnum>()
        where TEnum : struct, Enum => Words([.. Enum.GetNames<TEnum>().Select(static name => (OptionName.Kebab(name), Enum.Parse<TEnum>(name)))]);

    /// <summary>One of some words, in any spelling.</summary>
    public static ValueKind<TValue> Words<TValue>(params (string Word, TValue Value)[] words)
    {
        string[] known = [.. words.Select(static word => word.Word)];
        return new(
            known.Length == 1 ? known[0] : $"{string.Join(", ", known[..^1])} or {known[^1]}",
            (text, out value) =>
            {
                var index = Array.FindIndex(words, word => OptionName.Normal(word.Word) == OptionName.Normal(text));
                value = index < 0 ? default! : words[index].Value;
                return index >= 0;
            });
    }

    static bool TryParseCount(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    static bool Is(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
}
