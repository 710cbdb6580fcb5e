using System.Reflection;
using System.Text.RegularExpressions;

namespace ActorPool.Tests;

/// <summary>What this house has agreed on and no analyzer looks after.</summary>
public sealed partial class TidyTests
{
    const int LinesMax = 400;

    [Fact]
    public void No_source_file_is_too_long() => Complain(
        from file in Repository.Sources("src", "tests", "samples")
        let lines = Repository.Read(file).Count(character => character == '\n')
        where lines > LinesMax
        select $"{file} has {lines} lines; at most {LinesMax} are allowed");

    [Fact]
    public void A_source_file_holds_one_type_and_is_named_after_it() => Complain(
        from file in Repository.Sources("src")
        let types = TopLevelTypes(file)
        let name = Path.GetFileName(file).Split('.')[0]
        where types is not [var only] || only.Name != name
        select $"{file} declares {(types.Count == 0 ? "no type" : string.Join(", ", types.Select(type => type.Name)))}, not {name} alone");

    [Fact]
    public void Public_types_of_the_core_are_in_its_namespace_and_internal_ones_in_that_of_their_folder() => Complain(
        from file in Repository.Sources("src/ActorPool")
        let space = NamespaceLine().Match(Repository.Read(file)).Groups["name"].Value
        let folder = Path.GetDirectoryName(file)!.Replace('\\', '/')["src/".Length..].Replace('/', '.')
        from type in TopLevelTypes(file)
        let expected = type.IsPublic ? "ActorPool" : folder
        where space != expected
        select $"{file} is in namespace {space}, must be in {expected}");

    // No exceptions so far: tests with real sockets and threads await what the other end does.
    [Fact]
    public void Tests_do_not_sleep() => Complain(
        from file in Repository.Sources(
            "tests/ActorPool.Tests", "tests/ActorPool.Data.Tests", "tests/ActorPool.Http.Tests", "tests/ActorPool.Redis.Tests", "tests/ActorPool.Servers",
            "tests/ActorPool.Hocon.Tests", "tests/ActorPool.Hosting.Tests", "tests/ActorPool.Dashboard.Tests", "tests/ActorPool.Telemetry.Tests",
            "tests/ActorPool.Budgets.Tests")
        from found in Sleep().Matches(Repository.Read(file))
        select $"{file} sleeps: {found.Value}…; advance the clock, or await the event");

    [Fact]
    public void Nothing_is_left_to_do() => Complain(
        from file in Repository.Sources("src", "tests", "samples")
        where Repository.Read(file).Contains("TO" + "DO", StringComparison.OrdinalIgnoreCase)
        select $"{file} has a to" + "-do left: do it, or open an issue");

    [Fact]
    public void No_package_silences_what_the_trimmer_and_the_native_compiler_say() => Complain(
        from file in Repository.Files
        where file.StartsWith("src/", StringComparison.Ordinal)
        let text = Repository.Read(file)
        where !text.Contains("<NeedsAkka>true", StringComparison.Ordinal) // which makes its own actors by reflection
        from found in Silenced().Matches(text)
        select $"{file} says {found.Value}; do without reflection, or tell the callers with an attribute that requires it");

    [Fact]
    public void Every_option_is_taken_over_and_used()
    {
        var taken = Repository.Read("src/ActorPool/Options/PoolSettings.cs");
        var takenByRetries = Repository.Read("src/ActorPool/Retries/RetrySettings.cs");
        var rest = string.Concat(Repository.Sources("src/ActorPool")
            .Where(file => !file.StartsWith("src/ActorPool/Options/", StringComparison.Ordinal))
            .Select(Repository.Read));
        Complain(
            from option in OptionPaths()
            where !Regex.IsMatch(taken, $@"\boptions\.{Regex.Escape(option)}\b", RegexOptions.None, RegexLimit)
            select $"PoolOptions.{option} is not used by PoolSettings");
        Complain(
            from option in typeof(RetryOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            where !Regex.IsMatch(takenByRetries, $@"\boptions\.{option.Name}\b", RegexOptions.None, RegexLimit)
            select $"RetryOptions.{option.Name} is not used by RetrySettings");
        Complain(
            from setting in SettingsOf("ActorPool.Options.PoolSettings").Concat(SettingsOf("ActorPool.Retries.RetrySettings"))
            where !Regex.IsMatch(rest, $@"\b_?[sS]ettings\.{setting.Name}\b", RegexOptions.None, RegexLimit)
            select $"{setting.DeclaringType!.Name}.{setting.Name} is used by nobody");
    }

    [Fact]
    public void No_file_knows_a_machine_or_a_package_source()
    {
        // in two halves, so that this file is as clean as the others
        string[] unwelcome =
        [
            "/work" + "/", "/tmp" + "/", "/root" + "/", "/home" + "/",
            "nuget" + ".org", "npmjs" + ".com", "pypi" + ".org", "pkgs.dev." + "azure", "ghcr" + ".io",
        ];
        Complain(
            from file in Repository.Files
            let text = Repository.Read(file)
            from word in unwelcome
            where text.Contains(word, StringComparison.OrdinalIgnoreCase)
            select $"{file} mentions {word}");
    }

    static readonly TimeSpan RegexLimit = TimeSpan.FromSeconds(10);

    static PropertyInfo[] SettingsOf(string type) => typeof(PoolOptions).Assembly.GetType(type, throwOnError: true)!.GetProperties();

    static IEnumerable<string> OptionPaths() =>
        from property in typeof(PoolOptions).GetProperties()
        from path in property.PropertyType == typeof(BackoffOptions)
            ? typeof(BackoffOptions).GetProperties().Select(inner => $"{property.Name}.{inner.Name}")
            : [property.Name]
        select path;

    static List<(string Name, bool IsPublic)> TopLevelTypes(string file) =>
        [.. TypeLine().Matches(Repository.Read(file)).Select(match =>
            (match.Groups["name"].Value, match.Value.StartsWith("public ", StringComparison.Ordinal)))];

    static void Complain(IEnumerable<string> problems) => Assert.Empty(problems);

    // Declarations at the margin: with file-scoped namespaces these are the top-level ones.
    [GeneratedRegex(@"^(?:(?:public|internal|file|static|sealed|abstract|readonly|ref|unsafe|partial) )*(?:class|struct|interface|enum|record struct|record class|record|delegate \S+) (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"UnconditionalSuppressMessage|#pragma warning disable[^\n]*\bIL[23]\d{3}|<NoWarn>[^<]*\bIL[23]\d{3}|<(IsAotCompatible|IsTrimmable|Enable\w*Analyzer)>\s*false", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Silenced();

    // Task.Delay is no sleep if it is given a time provider, which the test moves.
    [GeneratedRegex(@"Thread\.Sleep\(|Task\.Delay\((?![^;]*\b(\w*[tT]imeProvider|Time|time)\b)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Sleep();
}
