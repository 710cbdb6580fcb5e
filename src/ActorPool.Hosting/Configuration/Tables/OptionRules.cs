using System.Globalization;
using System.Text.RegularExpressions;
using ActorPool.Hosting.Configuration.Values;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>
/// Tells the problems that options classes find in themselves, such as <c>MinSize (5) is above MaxSize (3)</c>, in the words
/// of the configuration: <c>pools.conf:4:5: actorpool:pools:cache:min-size (5) is above max-size (3)</c>.
/// </summary>
static partial class OptionRules
{
    /// <summary>Adds them.</summary>
    /// <param name="found">What is wrong, each beginning with the property's name.</param>
    /// <param name="reading">The reading that has set the properties.</param>
    /// <param name="section">Where the options are, for what no key says.</param>
    public static void Add(IEnumerable<string> found, OptionReading reading, string section)
    {
        foreach (var problem in found)
        {
            var subject = Subject().Match(problem).Value;
            var key = subject.Length == 0 ? section : reading.KeyOf(subject) ?? $"{section}:{KeyPath(subject, ':')}";

            // of two that contradict each other one may be a default: the other is the one that somebody has written
            var writtenAt = Name().Matches(problem).Select(name => reading.KeyOf(name.Value)).FirstOrDefault(static key => key is not null);
            reading.Problems.Add(key, Translate(problem[subject.Length..].TrimStart()), writtenAt);
        }
    }

    static string Translate(string text)
    {
        var times = Time().Replace(
            text.Replace(" (Timeout.InfiniteTimeSpan)", "", StringComparison.Ordinal),
            static match => TimeSpan.TryParseExact(match.Value, "c", CultureInfo.InvariantCulture, out var time) ? TimeText.Of(time) : match.Value);
        return Name().Replace(times, static match => KeyPath(match.Value, '.'));
    }

    static string KeyPath(string property, char separator) => string.Join(separator, property.Split('.').Select(OptionName.Kebab));

    [GeneratedRegex(@"^[A-Z]\w*(\.[A-Z]\w*)*(?= (is|are|has|must|\())", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Subject();

    [GeneratedRegex(@"-?\b(\d+\.)?\d\d:\d\d:\d\d(\.\d{7})?\b", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Time();

    // what is spelled as properties are: a capital letter, then small ones
    [GeneratedRegex(@"\b[A-Z][a-z]+\w*(\.[A-Z]\w*)*\b", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Name();
}
