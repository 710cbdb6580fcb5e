using System.Globalization;
using System.Text.RegularExpressions;
using ActorPool.Hosting.Configuration;
using Microsoft.Extensions.Options;

namespace ActorPool.Hosting;

/// <summary>
/// The configuration of pools cannot be used. Its message tells all problems, one on each line: where it is written, the key,
/// what is wrong, and what may have been meant. Values that may be secret are not repeated.
/// </summary>
/// <example><code>pools.conf:12:5: actorpool:pools:cache:max-sise is no option of a pool; did you mean max-size?</code></example>
public sealed partial class PoolConfigurationException : OptionsValidationException
{
    internal PoolConfigurationException(IReadOnlyList<ConfigurationProblem> problems)
        : this(problems.Select(static problem => problem.ToString()))
    {
    }

    internal PoolConfigurationException(IEnumerable<string> problems)
        : base("actorpool", typeof(PoolOptions), InOrder(problems))
    {
    }

    /// <summary>All problems, one on each line.</summary>
    public override string Message => Failures.Skip(1).Any()
        ? $"The configuration of pools cannot be used:{Environment.NewLine}{string.Join(Environment.NewLine, Failures)}"
        : Failures.First();

    // as they are written: by file, line and column; what has no place comes last
    static IEnumerable<string> InOrder(IEnumerable<string> problems) => problems
        .Distinct(StringComparer.Ordinal)
        .Select(static problem => (Problem: problem, Place: Place().Match(problem)))
        .OrderBy(static line => line.Place.Success ? 0 : 1)
        .ThenBy(static line => line.Place.Groups["file"].Value, StringComparer.Ordinal)
        .ThenBy(static line => NumberOf(line.Place, "line"))
        .ThenBy(static line => NumberOf(line.Place, "column"))
        .Select(static line => line.Problem);

    static int NumberOf(Match place, string group) => int.TryParse(place.Groups[group].Value, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"^(?<file>[^:]+):(?<line>\d+):(?<column>\d+): ", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Place();
}
