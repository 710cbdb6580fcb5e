using Microsoft.Extensions.Options;

namespace ActorPool.Hosting.Pools;

/// <summary>Has the options of pools looked at by what makes them.</summary>
sealed class PoolOptionsValidation(PoolTable table) : IValidateOptions<PoolOptions>
{
    public ValidateOptionsResult Validate(string? name, PoolOptions options)
    {
        if (!table.TryGet(name, out _))
        {
            return ValidateOptionsResult.Skip;
        }

        var problems = options.FindProblems();
        return problems.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(problems.Select(problem => $"pool '{name}': {problem}"));
    }
}
