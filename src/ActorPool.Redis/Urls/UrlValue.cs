using System.Globalization;
using ActorPool.Redis.Errors;

namespace ActorPool.Redis.Urls;

/// <summary>One option of a URL's query, and the types that it may have. What makes no sense is refused by the option's name.</summary>
readonly struct UrlValue(string name, string text)
{
    public string Text => text.Length > 0 ? text : throw Wrong("must not be empty");

    /// <summary>Yes or no, in the words that redis-py takes.</summary>
#pragma warning disable CA1308 // words are written in small letters here
    public bool Flag => text.ToLowerInvariant() switch
#pragma warning restore CA1308
    {
        "1" or "t" or "true" or "y" or "yes" or "on" => true,
        "0" or "f" or "false" or "n" or "no" or "off" => false,
        _ => throw Wrong("must be true or false"),
    };

    public int Count(int min) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min
        ? number
        : throw Wrong($"must be a whole number of at least {min}");

    /// <summary>Seconds, or parts of one.</summary>
    public TimeSpan Seconds(bool mayBeZero) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= 86_400 && (seconds >= 0.001 || (mayBeZero && seconds == 0))
            ? TimeSpan.FromSeconds(seconds)
            : throw Wrong($"must be a number of seconds, {(mayBeZero ? "0 or " : "")}0.001 to 86400");

    public T OneOf<T>(params ReadOnlySpan<(string Word, T Value)> words)
    {
        foreach (var (word, value) in words)
        {
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        var all = new List<string>();
        foreach (var (word, _) in words)
        {
            all.Add(word);
        }

        throw Wrong($"must be one of {string.Join(", ", all)}");
    }

    /// <summary>The path of a file that has to be there.</summary>
    public string File => System.IO.File.Exists(Text) ? text : throw Wrong("names a file that does not exist");

    // the value is told, as no option that is told of here is secret
    ArgumentException Wrong(string problem) => RedisErrors.BadUrl($"{name} {problem}, and is '{text}'");
}
