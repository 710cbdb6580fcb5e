using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace ActorPool.Tests.Options;

/// <summary>
/// hocon/reference.conf says of pools what <c>new PoolOptions()</c> says: every option, no other, the same values. What it says
/// of the host and of connectors is compared in ActorPool.Hosting.Tests, which knows their tables.
/// </summary>
public sealed partial class ReferenceConfTests
{
    const string Path = "hocon/reference.conf";

    static readonly string[] Others = ["hosting", "tls", "tcp", "replicas", "directory", "redis", "http", "database", "budget", "budgets", "pools"];

    [Fact]
    public void The_reference_configuration_has_every_option_with_its_default_and_no_other()
    {
        var written = PoolKeys().ToDictionary(key => key.Path, key => key.Value, StringComparer.Ordinal);
        var expected = DefaultsOf(new PoolOptions(), "actorpool").ToDictionary(StringComparer.Ordinal);

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), written.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, option => Assert.Equal(option.Value, Parse(written[option.Key], option.Value.GetType())));
    }

    [Fact]
    public void Every_key_has_one_line_of_comment() =>
        Assert.All(ReadKeys(Repository.Read(Path)), key => Assert.True(key.Comments == 1, $"{key.Path} has {key.Comments} lines of comment"));

    [Fact]
    public void The_options_are_in_the_order_of_PoolOptions() => Assert.Equal(
        DefaultsOf(new PoolOptions(), "actorpool").Select(option => option.Key),
        PoolKeys().Select(key => key.Path));

    [Theory]
    [InlineData("100ms", 100)]
    [InlineData("15s", 15_000)]
    [InlineData("5m", 300_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("infinite", -1)]
    public void The_reader_of_this_test_understands_times(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Parse(text, typeof(TimeSpan)));

    [Theory]
    [InlineData("a {\n  b = 1")]
    [InlineData("a = 1\n}")]
    [InlineData("a : 1")]
    [InlineData("b = 1\nb = 1 2 3 {")]
    public void The_reader_of_this_test_refuses_what_it_does_not_understand(string text) =>
        Assert.ThrowsAny<FormatException>(() => ReadKeys(text).ToList());

    static IEnumerable<(string Path, string Value, int Comments)> PoolKeys() =>
        ReadKeys(Repository.Read(Path)).Where(key => !Others.Contains(key.Path.Split('.')[1]));

    /// <summary>The little of HOCON that the file is written in: sections, one key a line, comments on lines of their own.</summary>
    static IEnumerable<(string Path, string Value, int Comments)> ReadKeys(string text)
    {
        var sections = new Stack<string>();
        var comments = 0;
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith('#'))
            {
                comments++;
                continue;
            }

            if (SectionLine().Match(line) is { Success: true } section)
            {
                sections.Push(section.Groups["key"].Value);
            }
            else if (KeyLine().Match(line) is { Success: true } key)
            {
                yield return (string.Join('.', sections.Reverse().Append(key.Groups["key"].Value)), key.Groups["value"].Value, comments);
            }
            else if (line != "" && (line != "}" || !sections.TryPop(out _)))
            {
                throw new FormatException($"{Path}: not understood: {line}");
            }

            comments = 0;
        }

        if (sections.Count > 0)
        {
            throw new FormatException($"{Path}: {sections.Peek()} is not closed.");
        }
    }

    static IEnumerable<KeyValuePair<string, object>> DefaultsOf(object options, string section) =>
        from property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where !IsObject(property.PropertyType)
        let path = $"{section}.{KebabCase(property.Name)}"
        let value = property.GetValue(options)!
        from option in value is BackoffOptions or RetryOptions ? DefaultsOf(value, path) : [new(path, value)]
        select option;

    /// <summary>What no text can say: an object that does something.</summary>
    static bool IsObject(Type type) =>
        type.IsInterface || type.IsAssignableTo(typeof(Delegate)) || type == typeof(Endpoint) || type == typeof(RetryBudget);

    static object Parse(string text, Type type) =>
        type == typeof(string) ? text.Trim('"')
        : type == typeof(int) && text == "unlimited" ? PoolOptions.Unlimited
        : type == typeof(int) ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : type == typeof(double) ? double.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
        : type == typeof(bool) ? bool.Parse(text)
        : type == typeof(TimeSpan) ? ParseTime(text)
        : type.IsEnum && Enum.GetNames(type).FirstOrDefault(name => KebabCase(name) == text) is { } constant ? Enum.Parse(type, constant)
        : throw new FormatException($"'{text}' is not understood as {type.Name}.");

    static TimeSpan ParseTime(string text)
    {
        if (text == "infinite")
        {
            return Timeout.InfiniteTimeSpan;
        }

        var match = Time().Match(text);
        var number = match.Success
            ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)
            : throw new FormatException($"'{text}' is no time.");
        return match.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            _ => TimeSpan.FromHours(number),
        };
    }

#pragma warning disable CA1308 // keys are written in small letters
    static string KebabCase(string name) => Hump().Replace(name, "-").ToLowerInvariant();
#pragma warning restore CA1308

    [GeneratedRegex(@"^(?<key>[a-z-]+) \{$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex SectionLine();

    [GeneratedRegex(@"^(?<key>[a-z0-9-]+) = (?<value>""[^""]*""|\[[^\]]*\]|[\w.-]+)$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex KeyLine();

    [GeneratedRegex(@"^(?<number>\d+)(?<unit>ms|s|m|h)$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<=[a-z])(?=[A-Z])", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Hump();
}
