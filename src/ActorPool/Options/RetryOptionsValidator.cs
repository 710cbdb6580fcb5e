using ActorPool.Errors;
using Microsoft.Extensions.Logging;

namespace ActorPool.Options;

/// <summary>Checks retry options, alone or as part of a pool's.</summary>
static class RetryOptionsValidator
{
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <exception cref="ArgumentException">Lists all problems, each by the name of its option.</exception>
    public static void Validate(RetryOptions options)
    {
        var problems = new List<string>();
        FindProblems(options, "", problems);
        if (problems.Count > 0)
        {
            throw new ArgumentException($"The retry options cannot be used: {string.Join("; ", problems)}.", nameof(options));
        }
    }

    /// <summary>Adds what is wrong.</summary>
    public static void FindProblems(RetryOptions options, string prefix, List<string> problems)
    {
        if (options.MaxAttempts < 1)
        {
            problems.Add($"{prefix}{nameof(options.MaxAttempts)} is {options.MaxAttempts}, must be at least 1 (the first attempt counts)");
        }

        if (!Enum.IsDefined(options.Backoff))
        {
            problems.Add($"{prefix}{nameof(options.Backoff)} is {(int)options.Backoff}, must be one of {string.Join(", ", Enum.GetNames<RetryBackoff>())}");
        }

        Time(options.Delay, nameof(options.Delay));
        Time(options.MaxDelay, nameof(options.MaxDelay));
        if (options.Delay > options.MaxDelay)
        {
            problems.Add($"{prefix}{nameof(options.Delay)} ({options.Delay}) is above {prefix}{nameof(options.MaxDelay)} ({options.MaxDelay})");
        }

        Type?[] wrong = [.. options.RetryOnTypes.Where(type => !FaultRules.IsException(type))];
        if (wrong.Length > 0)
        {
            problems.Add($"{prefix}{nameof(options.RetryOnTypes)} has types that are no exceptions ({RetryErrors.Names(wrong)})");
        }

        Level(options.RetryLogLevel, nameof(options.RetryLogLevel));
        Level(options.ExhaustedLogLevel, nameof(options.ExhaustedLogLevel));

        void Time(TimeSpan value, string name)
        {
            if (value < TimeSpan.Zero || value > Day)
            {
                problems.Add($"{prefix}{name} is {value}, must be {TimeSpan.Zero} to {Day}");
            }
        }

        void Level(LogLevel value, string name)
        {
            if (!Enum.IsDefined(value))
            {
                problems.Add($"{prefix}{name} is {(int)value}, must be one of {string.Join(", ", Enum.GetNames<LogLevel>())}");
            }
        }
    }
}
