using ActorPool.Hosting.Configuration;
using Microsoft.Extensions.Options;

namespace ActorPool.Hosting.Pools;

/// <summary>
/// Looks at everything that was said about pools when the host starts, so that all problems are told together and before
/// anything is connected to.
/// </summary>
sealed class WholeValidation(PoolTable table, IOptionsFactory<PoolOptions> pools) : IValidateOptions<ActorPoolOptions>
{
    public ValidateOptionsResult Validate(string? name, ActorPoolOptions options)
    {
        var failures = new List<string>();
        if (options.StartWait < TimeSpan.Zero && options.StartWait != Timeout.InfiniteTimeSpan)
        {
            failures.Add($"{nameof(ActorPoolOptions.StartWait)} is {options.StartWait}, must be zero or more, or infinite");
        }

        if (table.Section is { } section)
        {
            var problems = new ConfigurationProblems(section);
            foreach (var late in table.ReadSection(problems).Where(entry => !table.TryGet(entry.Name, out _)))
            {
                problems.Add(late.Section.Path, "was not in the configuration yet when AddActorPool was called: add its source before that");
            }

            failures.AddRange(problems.All.Select(static problem => problem.ToString()));
        }

        foreach (var pool in table.Pools)
        {
            try
            {
                pools.Create(pool.Name);
            }
            catch (OptionsValidationException invalid)
            {
                failures.AddRange(invalid.Failures);
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : throw new PoolConfigurationException(failures);
    }
}
