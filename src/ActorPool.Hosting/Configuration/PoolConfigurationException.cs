using ActorPool.Hosting.Configuration;
using Microsoft.Extensions.Options;

namespace ActorPool.Hosting;

/// <summary>
/// The configuration of pools cannot be used. Its message tells all problems, one on each line: where it is written, the key,
/// what is wrong, and what may have been meant. Values that may be secret are not repeated.
/// </summary>
/// <example><code>pools.conf:12:5: actorpool:pools:cache:max-sise is no option of a pool; did you mean max-size?</code></example>
public sealed class PoolConfigurationException : OptionsValidationException
{
    internal PoolConfigurationException(IReadOnlyList<ConfigurationProblem> problems)
        : base("actorpool", typeof(PoolOptions), problems.Select(static problem => problem.ToString()))
    {
    }

    /// <summary>All problems, one on each line.</summary>
    public override string Message => Failures.Skip(1).Any()
        ? $"The configuration of pools cannot be used:{Environment.NewLine}{string.Join(Environment.NewLine, Failures)}"
        : Failures.First();
}
